using Gptx.Embeddings;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How vectors are written and shown.</summary>
internal static class VectorShapes
{
    public static Report<TextVector> Texts { get; } = new()
    {
        Shape = new(
            new("text", vector => vector.Text),
            new("index", vector => vector.Index),
            new("layer", vector => vector.Layer),
            new("pooling", vector => vector.Pooling),
            new("tokenCount", vector => vector.TokenCount),
            new("windows", vector => vector.Windows),
            new("vector", vector => vector.Vector),
            new("model", vector => vector.Model)),
        Draw = VectorFigure.Of,
        Show = (screen, all) => screen.Table(
            [">index", "text", ">tokens", "vector"],
            all.Select(vector => (string[])[$"{vector.Index}", Label(vector.Text), $"{vector.TokenCount}", Readable.Vector(vector.Vector)])),
    };

    public static Report<TokenVector> Tokens { get; } = new()
    {
        Shape = new(
            new("text", vector => vector.Text),
            new("index", vector => vector.Index),
            new("token", vector => vector.Token),
            new("id", vector => vector.Id),
            new("tokens", vector => vector.Tokens),
            new("ids", vector => vector.Ids),
            new("isMean", vector => vector.IsMean),
            new("vector", vector => vector.Vector),
            new("model", vector => vector.Model)),
        Draw = VectorFigure.Of,
        Show = (screen, all) => screen.Table(
            [">index", "text", "tokens", "vector"],
            all.Select(vector => (string[])
            [
                $"{vector.Index}", Label(vector.Text), string.Join(' ', vector.Tokens.Select(VisibleText.OfToken)), Readable.Vector(vector.Vector),
            ])),
    };

    public static Report<PositionVector> Positions { get; } = new()
    {
        Shape = new(
            new("position", vector => vector.Position),
            new("vector", vector => vector.Vector),
            new("model", vector => vector.Model)),
        Draw = VectorFigure.Of,
        Show = (screen, all) => screen.Table(
            [">position", "vector"], all.Select(vector => (string[])[$"{vector.Position}", Readable.Vector(vector.Vector)])),
    };

    public static Report<HiddenState> HiddenStates { get; } = new()
    {
        Shape = new(
            new("text", state => state.Text),
            new("index", state => state.Index),
            new("layer", state => state.Layer),
            new("position", state => state.Position),
            new("token", state => state.Token),
            new("id", state => state.Id),
            new("vector", state => state.Vector),
            new("model", state => state.Model)),
        Draw = VectorFigure.Of,
        Show = (screen, all) =>
        {
            foreach (var text in all.GroupBy(state => state.Index))
            {
                screen.Heading($"layer {text.First().Layer}: {text.First().Text}");
                screen.Table(
                    [">position", "token", "vector"],
                    text.Select(state => (string[])[$"{state.Position}", VisibleText.OfToken(state.Token), Readable.Vector(state.Vector)]));
            }
        },
    };

    private static string Label(string text) => VisibleText.Shorten(VisibleText.OneLine(text), 24);
}
