using Gptx.Interpretation;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>The fields of a model's parts, and models side by side.</summary>
internal static class AnatomyShape
{
    public static Report<ModelAnatomy> Report { get; } = new()
    {
        Shape = new(
            new("name", model => model.Name),
            new("parameters", model => model.Parameters),
            new("blocks", model => model.Blocks),
            new("heads", model => model.Heads),
            new("width", model => model.Width),
            new("mlpWidth", model => model.MlpWidth),
            new("vocabularySize", model => model.VocabularySize),
            new("contextLength", model => model.ContextLength),
            new("longestPath", model => model.LongestPath),
            new("tokenEmbedding", model => model.TokenEmbedding),
            new("positionEmbedding", model => model.PositionEmbedding),
            new("attention", model => model.Attention),
            new("feedForward", model => model.FeedForward),
            new("norms", model => model.Norms),
            new("head", model => model.Head)),
        Show = Show,
    };

    private static void Show(Screen screen, IReadOnlyList<ModelAnatomy> models) => screen.Table(
        ["", .. models.Select(model => ">" + VisibleText.OneLine(model.Name))],
        Report.Shape.Fields.Skip(1).Select(field => (string[])[field.Name, .. models.Select(model => Grouped(field.Value(model)))]));

    private static string Grouped(object? number) => Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
