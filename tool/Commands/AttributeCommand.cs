using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx attribute: of what parts of the model a logit is the sum, or what each token of the text brings.</summary>
internal sealed class AttributeCommand : GptxCommand
{
    private readonly Option<AttributionMethod?> _method = Choice.Of<AttributionMethod>("--method", "logit: parts of the model that sum to a logit (default); occlusion: tokens of the text, each replaced in turn.");
    private readonly Option<string?> _token = new("--token") { Description = "The next token that is looked at: a text, or #ID (default the most probable).", HelpName = "TOKEN" };
    private readonly Option<string?> _against = new("--against") { Description = "The token whose logit is subtracted (default the second most probable; with --token none).", HelpName = "TOKEN" };
    private readonly Option<int?> _position = Numbers.Whole("--position", "The position whose next token it is; negative from the end (default -1).");
    private readonly Option<int?> _replacement = Numbers.Whole("--replacement", "With occlusion: the id that stands in the place of a token (default 0).");
    private readonly CommonOptions _options;

    public AttributeCommand()
        : base("attribute", "Show of what parts a logit is the sum: embeddings, heads, feed-forward layers, biases; or what each token of the text brings.")
    {
        Options.Add(_method);
        Options.Add(_token);
        Options.Add(_against);
        Options.Add(_position);
        Options.Add(_replacement);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx attribute \"Once upon a\"",
        "gptx attribute \"Once upon a\" --token \" time\" --against \" day\" --json",
        "gptx attribute \"Once upon a\" --method occlusion",
        "gptx attribute \"Once upon a\" --method occlusion --figure occlusion.html",
    ];

    public override int Execute(Invocation run)
    {
        var isOcclusion = run.Get(_method) == AttributionMethod.Occlusion;
        string? wrong = isOcclusion
            ? run.Get(_against) is not null ? "--against" : run.Get(_position) is not null ? "--position" : null
            : run.Get(_replacement) is not null ? "--replacement" : null;
        return wrong is null ? isOcclusion ? Occlude(run) : Attribute(run) : throw new GptxException(
            GptxErrorKind.InvalidArgument, "UsageInvalid", $"{wrong} does not go with --method {(isOcclusion ? "occlusion" : "logit")}: leave it out");
    }

    private int Attribute(Invocation run) => new TextPipeline<LogitAttribution>
    {
        Report = new Report<LogitAttribution> { Shape = AttributionShape.Whole, CsvLines = AttributionShape.PartLines, Show = AttributionPicture.Show, Draw = AttributionFigure.Of },
        Prepare = model =>
        {
            var options = new AttributionOptions { Target = Token(run, _token, model), Against = Token(run, _against, model), Position = run.Get(_position) ?? -1 };
            return (_, texts, first) => texts.Select((text, row) => LogitAttributor.Of(model, text, options, first + row, run.Cancellation));
        },
        IndexOf = attribution => attribution.Index,
    }.Run(run, _options);

    private int Occlude(Invocation run) => new TextPipeline<OcclusionEffect>
    {
        Report = new Report<OcclusionEffect> { Shape = AttributionShape.Occlusion, Show = AttributionPicture.Show, Draw = AttributionFigure.Of },
        Prepare = model =>
        {
            var target = Token(run, _token, model);
            return (_, texts, first) => texts.SelectMany((text, row) => Occlusion.Of(model, text, target, run.Get(_replacement) ?? 0, first + row, run.Cancellation));
        },
        IndexOf = effect => effect.Index,
    }.Run(run, _options);

    private static int? Token(Invocation run, Option<string?> option, LanguageModel model) => run.Get(option) is { } text ? OneToken.Of(model, text) : null;
}

/// <summary>What a prediction is put down to.</summary>
internal enum AttributionMethod
{
    /// <summary>Parts of the model (direct logit attribution).</summary>
    Logit,

    /// <summary>Tokens of the text.</summary>
    Occlusion,
}
