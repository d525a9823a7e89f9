using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx patch: which inner value makes the difference between two texts.</summary>
internal sealed class PatchCommand : GptxCommand
{
    private static readonly Report<PatchEffect> Report = new()
    {
        Shape = new(
            new("kind", effect => effect.Kind),
            new("block", effect => effect.Block),
            new("position", effect => effect.Position),
            new("head", effect => effect.Head),
            new("token", effect => effect.Token),
            new("metric", effect => effect.Metric),
            new("normalized", effect => effect.Normalized),
            new("cleanMetric", effect => effect.CleanMetric),
            new("corruptedMetric", effect => effect.CorruptedMetric),
            new("targetId", effect => effect.TargetId),
            new("target", effect => effect.Target),
            new("againstId", effect => effect.AgainstId),
            new("against", effect => effect.Against),
            new("model", effect => effect.Model)),
        Show = Show,
        Draw = InterventionFigure.Of,
    };

    private readonly Option<PatchKind[]> _kinds = new("--what")
    {
        Description = "What is taken over: residual, head (both by default), attention, feedforward; repeat it for several.",
        HelpName = "PART",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => Choice.Several<PatchKind>("--what", result),
    };

    private readonly Option<string?> _token = new("--token") { Description = "The next token that is looked at: a text, or #ID (default that whose logit the second text lowers most).", HelpName = "TOKEN" };
    private readonly Option<string?> _against = new("--against") { Description = "The token whose logit is subtracted (default that whose logit the second text raises most).", HelpName = "TOKEN" };
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _blocks = Numbers.Lists("--block", "Blocks, counted from 0 (default all).");
    private readonly CommonOptions _options;

    public PatchCommand()
        : base("patch", "Run a corrupted text with inner values of a clean one, place by place: where does the difference come from?")
    {
        Options.Add(_kinds);
        Options.Add(_token);
        Options.Add(_against);
        Options.Add(_blocks);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this, "TEXT", "Two texts of as many tokens: the clean one, whose values are taken over, and the corrupted one, which is read.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx patch \"The king rode out\" \"The queen rode out\"",
        "gptx patch \"The king rode out\" \"The queen rode out\" --what head --token \" he\" --against \" she\" --json",
        "gptx patch --ids 5,9,14 --ids 5,7,14 --csv",
        "gptx patch \"The king rode out\" \"The queen rode out\" --figure patch.svg",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        return _options.Output.Write(run, writer =>
        {
            using var model = _options.Models.Load(run);
            var (code, texts) = GatheredTexts.Of(run, model, _options.Texts);
            if (code != ExitCode.Ok || texts is not [var clean, var corrupted])
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"patch wants two texts, the clean and the corrupted one: these are {texts.Count}");
            }

            var options = new PatchOptions
            {
                Kinds = run.Get(_kinds) is { Length: > 0 } kinds ? kinds : new PatchOptions().Kinds,
                Target = Token(run, _token, model),
                Against = Token(run, _against, model),
                Blocks = Numbers.Flat(run.Get(_blocks)),
            };
            var results = Report.Open(format, writer, run);
            foreach (var effect in ActivationPatch.Measure(model, clean, corrupted, options, run.Cancellation))
            {
                results.Write(effect);
            }

            results.Finish();
            return code;
        });
    }

    private static int? Token(Invocation run, Option<string?> option, LanguageModel model) => run.Get(option) is { } text ? OneToken.Of(model, text) : null;

    private static void Show(Screen screen, IReadOnlyList<PatchEffect> effects)
    {
        var first = effects[0];
        screen.Line($"logit of {VisibleText.OfToken(first.Target)} - logit of {VisibleText.OfToken(first.Against)}: clean {Readable.Short(first.CleanMetric)}, corrupted {Readable.Short(first.CorruptedMetric)}; 1 makes up for all of the difference");
        foreach (var kind in effects.GroupBy(effect => effect.Kind))
        {
            var places = kind.Select(effect => effect.Head ?? effect.Position!.Value).Distinct().ToList();
            var isHead = kind.Key == PatchKind.Head;
            screen.Heading(isHead ? "heads, at all positions" : $"{kind.Key.ToString().ToLowerInvariant()}, by position");
            screen.Table(
                [isHead ? "head" : "position", .. kind.Select(effect => effect.Block).Distinct().Select(block => $">block {block}")],
                places.Select(place => (string[])
                [
                    isHead ? $"{place}" : $"{place} {VisibleText.OfToken(kind.First(effect => effect.Position == place).Token!)}",
                    .. kind.Where(effect => (effect.Head ?? effect.Position) == place).Select(effect => Readable.Rough(effect.Normalized ?? double.NaN)),
                ]));
        }
    }
}
