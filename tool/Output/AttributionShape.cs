using Gptx.Interpretation;

namespace Gptx.Tool.Output;

/// <summary>The fields of an attribution, of its parts, and of occlusion.</summary>
internal static class AttributionShape
{
    private static readonly RecordShape<LogitPart> Part = new(
        new("kind", part => part.Kind),
        new("block", part => part.Block),
        new("head", part => part.Head),
        new("contribution", part => part.Contribution),
        new("isWithinAttention", part => part.IsWithinAttention));

    private static readonly Field<LogitAttribution>[] Before =
    [
        new("text", attribution => attribution.Text),
        new("index", attribution => attribution.Index),
        new("position", attribution => attribution.Position),
        new("targetId", attribution => attribution.TargetId),
        new("target", attribution => attribution.Target),
        new("againstId", attribution => attribution.AgainstId),
        new("against", attribution => attribution.Against),
        new("logitDifference", attribution => attribution.LogitDifference),
    ];

    public static RecordShape<LogitAttribution> Whole { get; } = new(
    [
        .. Before,
        new("sum", attribution => attribution.Sum),
        new("normScale", attribution => attribution.NormScale),
        new("softCap", attribution => attribution.SoftCap),
        new("model", attribution => attribution.Model),
        new("parts", attribution => Part.List(attribution.Parts)),
    ]);

    public static RecordShape<OcclusionEffect> Occlusion { get; } = new(
        new("text", effect => effect.Text),
        new("index", effect => effect.Index),
        new("position", effect => effect.Position),
        new("token", effect => effect.Token),
        new("id", effect => effect.Id),
        new("targetId", effect => effect.TargetId),
        new("target", effect => effect.Target),
        new("probabilityBefore", effect => effect.ProbabilityBefore),
        new("probability", effect => effect.Probability),
        new("difference", effect => effect.Difference),
        new("logProbabilityDifference", effect => effect.LogProbabilityDifference),
        new("replacementId", effect => effect.ReplacementId),
        new("model", effect => effect.Model));

    /// <summary>A line of CSV is a part, with whose logit it is of.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> PartLines(LogitAttribution attribution) =>
        attribution.Parts.Select(part => (KeyValuePair<string, object?>[])
        [
            .. Before.Select(field => KeyValuePair.Create(field.Name, field.Value(attribution))),
            .. Part.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(part))),
            new("model", attribution.Model),
        ]);
}
