using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>The tokens of a row, as a model reads them.</summary>
internal static class RowTokens
{
    /// <summary>The tokens of the row's text, or those that it names.</summary>
    /// <param name="model">The model.</param>
    /// <param name="row">The row.</param>
    /// <param name="truncate">Whether what goes beyond the context is cut off.</param>
    /// <param name="room">Tokens that stay free in the context then.</param>
    public static TokenSequence Of(LanguageModel model, SourceRow row, bool truncate, int room = 0)
    {
        var tokens = row.Ids is { } ids ? TokenSequence.FromIds(model, ids) : TokenSequence.FromText(model, row.Text!);
        return truncate ? tokens.Truncate(model.Shape.ContextLength - room, KeptEnd.Start) : tokens;
    }
}
