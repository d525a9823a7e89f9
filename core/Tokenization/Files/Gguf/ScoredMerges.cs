namespace Gptx.Tokenization;

/// <summary>The merges of a vocabulary with scores: any two tokens that together are a token, the highest score first.</summary>
internal static class ScoredMerges
{
    // A longer token would have many splits and is never reached by them.
    private const int LongestToken = 512;

    public static MergeTable Of(GgufVocabulary vocabulary, IReadOnlyList<double> scores, TokenTable tokens)
    {
        var merges = new MergeTable();
        foreach ((int left, int right, int rank, int merged) in All(vocabulary, scores, tokens))
        {
            merges.Set(left, right, rank, merged);
        }

        return merges;
    }

    /// <summary>The merges with their ranks, lowest rank first; several of one rank make tokens of one score.</summary>
    public static IEnumerable<(int Left, int Right, int Rank, int Merged)> All(GgufVocabulary vocabulary, IReadOnlyList<double> scores, TokenTable tokens)
    {
        int[] ids = [.. Enumerable.Range(0, vocabulary.Count).Where(IsText).OrderByDescending(id => scores[id])];
        int rank = -1;
        double last = double.NaN;
        foreach (int id in ids)
        {
            rank += scores[id].Equals(last) ? 0 : 1;
            last = scores[id];
            string text = vocabulary.Texts[id];
            for (int cut = 1; cut < text.Length && text.Length <= LongestToken; cut++)
            {
                if (!char.IsLowSurrogate(text[cut]) && tokens.TryGetId(text.AsSpan(0, cut), out int left) && tokens.TryGetId(text.AsSpan(cut), out int right))
                {
                    yield return (left, right, rank, id);
                }
            }
        }

        bool IsText(int id) => vocabulary.TypeOf(id) is GgufTokenType.Normal or GgufTokenType.UserDefined or GgufTokenType.Unused;
    }
}
