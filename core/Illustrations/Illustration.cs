using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Figures;
using Gptx.Generation;
using Gptx.Grouping;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Projection;

namespace Gptx.Illustrations;

/// <summary>The figure of results, whatever they are: each kind of result has a figure of its own.</summary>
public static class Illustration
{
    private static readonly (Type Kind, Func<IReadOnlyList<object>, Figure> Draw)[] Kinds =
    [
        Kind<TextToken>(TokenFigure.Of),
        Kind<NextToken>(NextTokenFigure.Of),
        Kind<TextScore>(SurprisalFigure.Of),
        Kind<TokenVector>(VectorFigure.Of),
        Kind<TextVector>(VectorFigure.Of),
        Kind<PositionVector>(VectorFigure.Of),
        Kind<HiddenState>(VectorFigure.Of),
        Kind<AttentionMap>(AttentionFigure.Of),
        Kind<TextActivation>(ActivationFigure.Of),
        Kind<AttentionRollout>(RolloutFigure.Of),
        Kind<AttentionExplanation>(ExplanationFigure.Of),
        Kind<HeadStatistics>(HeadFigure.Of),
        Kind<LensReading>(LensFigure.Of),
        Kind<LogitAttribution>(AttributionFigure.Of),
        Kind<OcclusionEffect>(AttributionFigure.Of),
        Kind<AblationEffect>(InterventionFigure.Of),
        Kind<PatchEffect>(InterventionFigure.Of),
        Kind<WeightStatistics>(WeightFigure.Of),
        Kind<WeightMatrix>(WeightFigure.Of),
        Kind<ProjectedPoint>(ProjectionFigure.Of),
        Kind<ProjectionResult>(ProjectionFigure.Of),
        Kind<VectorGroup>(GroupFigure.Of),
        Kind<NearWord>(SimilarityFigure.Of),
        Kind<NearVector>(SimilarityFigure.Of),
        Kind<VectorSimilarity>(SimilarityFigure.Of),
        Kind<SimilarText>(SimilarityFigure.Of),
        Kind<DuplicateGroup>(DuplicateFigure.Of),
        Kind<DuplicateText>(DuplicateFigure.Of),
        Kind<UnusualText>(UnusualFigure.Of),
        Kind<TextDrift>(DriftFigure.Of),
    ];

    /// <summary>The kinds of results that have a figure.</summary>
    public static IEnumerable<Type> KindsWithFigure => Kinds.Select(kind => kind.Kind);

    /// <summary>The figure of results of one kind.</summary>
    /// <exception cref="GptxException"><c>NothingToDraw</c>: there are no results; <c>FigureUnknown</c>: of this kind there is no figure; <c>FigureMixed</c>: they are of two kinds.</exception>
    public static Figure Of(IReadOnlyList<object> results)
    {
        if (results.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "NothingToDraw", "there is nothing to draw: no object came");
        }

        var type = results[0].GetType();
        if (results.FirstOrDefault(result => result.GetType() != type) is { } other)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "FigureMixed", $"a {type.Name} and a {other.GetType().Name} cannot share a figure: give objects of one kind");
        }

        return Kinds.FirstOrDefault(kind => kind.Kind == type) is { Draw: { } draw } ? draw(results) : throw new GptxException(
            GptxErrorKind.InvalidInput, "FigureUnknown", $"there is no figure of a {type.Name}; there are figures of {string.Join(", ", Kinds.Select(kind => kind.Kind.Name))}");
    }

    private static (Type, Func<IReadOnlyList<object>, Figure>) Kind<T>(Func<IReadOnlyList<T>, Figure> draw) => (typeof(T), results => draw([.. results.Cast<T>()]));
}
