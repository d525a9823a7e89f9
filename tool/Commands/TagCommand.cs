using System.CommandLine;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx tag: the classes of the tokens of texts.</summary>
internal sealed class TagCommand : GptxCommand
{
    private static readonly RecordShape<TokenClass> Shape = new(
        new("text", found => found.Text),
        new("index", found => found.Index),
        new("position", found => found.Position),
        new("tokens", found => found.Tokens),
        new("word", found => found.Word),
        new("start", found => found.Start),
        new("length", found => found.Length),
        new("label", found => found.Label),
        new("score", found => found.Score),
        new("model", found => found.Model));

    private readonly Option<bool> _tokens = new("--tokens") { Description = "A line for each token; without it neighbours of one class are joined, and those of class O left out." };
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public TagCommand()
        : base("tag", "Show the classes of the tokens of texts: names, parts of speech, replaced words.")
    {
        Options.Add(_tokens);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx tag \"Ada Lovelace lived in London.\" --model ./bert-ner",
        "gptx tag --tokens \"The cat drove on the mat.\" --model ./electra-discriminator --csv",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new TagTask(model, !run.Get(_tokens), _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<TokenClass>
    {
        Report = new Report<TokenClass> { Shape = Shape, Show = Show },
        Prepare = _ => (model, texts, first) => TokenClass.Of(model, texts, !run.Get(_tokens), first, run.Cancellation),
        IndexOf = found => found.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<TokenClass> classes)
    {
        foreach (var text in classes.GroupBy(found => found.Index))
        {
            screen.Heading(text.First().Text);
            screen.Table([">start", "word", "label", ">score"], text.Select(found => (string[])[$"{found.Start}", VisibleText.OfToken(found.Word), VisibleText.OneLine(found.Label), Readable.Short(found.Score)]));
        }
    }
}
