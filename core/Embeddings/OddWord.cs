namespace Gptx.Embeddings;

/// <summary>A word among others, and how near it is to them.</summary>
/// <param name="Word">The word.</param>
/// <param name="Index">Its place among those given, from 0.</param>
/// <param name="Score">Its mean cosine to the others.</param>
/// <param name="IsOdd">Whether it is the odd one out: the one with the smallest score, the first of several.</param>
/// <param name="Tokens">The texts of its tokens; of several the vector is the mean.</param>
/// <param name="Model">The name of the model, or of the file of vectors.</param>
public sealed record OddWord(string Word, int Index, double Score, bool IsOdd, IReadOnlyList<string> Tokens, string Model)
{
    /// <summary>Scores words against each other.</summary>
    /// <exception cref="GptxException"><c>TooFewWords</c>: fewer than three.</exception>
    public static IReadOnlyList<OddWord> Among(IWordTable table, IReadOnlyList<string> words)
    {
        if (words.Count < 3)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TooFewWords", $"{words.Count} words have no odd one out: give at least three");
        }

        var vectors = words.Select((word, index) => table.OfWord(word, index)).ToList();
        var scores = VectorArithmetic.MeanSimilarities([.. vectors.Select(vector => vector.Vector)]);
        var odd = VectorArithmetic.OddOneOut([.. vectors.Select(vector => vector.Vector)]);
        return [.. vectors.Select((vector, index) => new OddWord(vector.Text, index, scores[index], index == odd, vector.Tokens, vector.Model))];
    }

    /// <summary>The word alone.</summary>
    public override string ToString() => Word;
}
