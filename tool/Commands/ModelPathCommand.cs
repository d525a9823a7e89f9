using System.CommandLine;
using Gptx.Inference;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx model path: where a model lies on this disk.</summary>
internal sealed class ModelPathCommand : GptxCommand
{
    private static readonly Report<(string Name, string Path)> Report = new()
    {
        Shape = new(new("name", found => found.Name), new("path", found => found.Path)),
        Show = (screen, all) => screen.Line(all[0].Path),
        PlainText = (writer, found) => writer.Write(found.Path + "\n"),
        IsSingle = true,
    };

    private readonly Argument<string> _name = new("MODEL") { Description = "A model: a path, 'embedded', or one of the hub that is in the cache." };
    private readonly HubOptions _hub;
    private readonly OutputOptions _output;

    public ModelPathCommand()
        : base("path", "Write the path of a model's folder or file; nothing is downloaded.")
    {
        _name.CompletionSources.Add(_ => ModelNames.Here());
        Arguments.Add(_name);
        _hub = new HubOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples => ["gptx model path embedded", "gptx model path HuggingFaceTB/SmolLM2-135M-Instruct"];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.Text);
        return _output.Write(run, writer =>
        {
            var name = run.Get(_name)!;
            var path = _hub.Looking(run, mayPull: false, hub => ModelLocation.Find(name, hub));
            var results = Report.Open(format, writer, run);
            results.Write((name, path));
            results.Finish();
            return ExitCode.Ok;
        });
    }
}
