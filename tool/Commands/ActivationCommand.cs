using System.CommandLine;
using Gptx.Activations;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx activation: any inner value of the forward pass.</summary>
internal sealed class ActivationCommand : GptxCommand
{
    private static readonly Report<TextActivation> Report = new()
    {
        Shape = new(
            new("text", activation => activation.Text),
            new("index", activation => activation.Index),
            new("name", activation => activation.Name),
            new("shape", activation => activation.Shape),
            new("mean", activation => activation.Mean),
            new("standardDeviation", activation => activation.StandardDeviation),
            new("min", activation => activation.Min),
            new("max", activation => activation.Max),
            new("values", activation => activation.Values),
            new("tokens", activation => activation.Tokens),
            new("model", activation => activation.Model)),
        Show = Show,
        Draw = ActivationFigure.Of,
    };

    private readonly CommonOptions _options;

    private readonly Option<string[]> _names = new("--name")
    {
        Description = "An activation, for example blocks.0.attn.pattern; * and ? are wildcards; repeat it for several (default all).",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    public ActivationCommand()
        : base("activation", "Show inner values of the forward pass by name, or write them to an .npy or .safetensors file.")
    {
        Options.Add(_names);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx activation \"The king rode out.\"",
        "gptx activation \"The king rode out.\" --name \"blocks.*.attn.pattern\" --out patterns.safetensors",
        "gptx activation \"The king rode out.\" --name blocks.0.resid_post --out resid.npy",
        "gptx activation \"hello hello bye\" --name embed --name pos_embed --name blocks.0.resid_pre --figure sum.svg",
    ];

    public override int Execute(Invocation run)
    {
        var selection = run.Get(_names) is { Length: > 0 } names ? new ActivationSelection(names) : ActivationSelection.All;
        return OutputOptions.Path(run) is { } path && TensorOutput.IsTensorFile(path)
            ? ToFile(run, path, selection)
            : new TextPipeline<TextActivation>
            {
                Report = Report,
                Prepare = _ => (model, texts, first) => TextActivation.Of(model, texts, selection, first, run.Cancellation),
                IndexOf = activation => activation.Index,
            }.Run(run, _options);
    }

    private int ToFile(Invocation run, string path, ActivationSelection selection)
    {
        var figure = FigureOption.Read(run);
        using var model = _options.Models.Load(run);
        var all = new List<TextActivation>();
        var code = new RowRun(run, model, _options.Texts).Process(_options.Texts.Rows(run), group =>
            all.AddRange(TextActivation.Of(model, [.. group.Select(row => row.Tokens)], selection, group[0].Index, run.Cancellation)));
        OutputOptions.ToFile(path, () => TensorOutput.Write(path, all, _options.Output.Force(run)));
        if (figure is not null)
        {
            OutputOptions.ToFile(figure.Path, () => figure.Save(ActivationFigure.Of(all)));
        }

        return code;
    }

    private static void Show(Screen screen, IReadOnlyList<TextActivation> activations)
    {
        foreach (var text in activations.GroupBy(activation => activation.Index))
        {
            screen.Heading(text.First().Text);
            screen.Table(
                ["name", "shape", ">mean", ">deviation", ">min", ">max"],
                text.Select(activation => (string[])
                [
                    activation.Name,
                    string.Join(" x ", activation.Shape),
                    Readable.Rough(activation.Mean),
                    Readable.Rough(activation.StandardDeviation),
                    Readable.Rough(activation.Min),
                    Readable.Rough(activation.Max),
                ]));
        }
    }
}
