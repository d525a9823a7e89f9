using System.Text;
using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>
/// Leads a training to what the reference left to the order of its hash table, as its file shows it: which characters an alphabet with a limit
/// kept, and in which order words brought up characters with a prefix or suffix. Nothing about merges is given.
/// </summary>
internal static class HashOrder
{
    public static TrainedTokenizer Train(GoldenTraining golden, TokenizerBlueprint blueprint)
    {
        TokenizerTrainingOptions options = golden.Options;
        var special = options.SpecialTokens!.ToHashSet();
        IReadOnlyList<string> tokens = golden.ExpectedTokens;
        IEnumerable<string> alphabet = tokens.Where(token => !special.Contains(token) && IsOneCharacter(token));
        var trainer = new TokenizerTrainer(blueprint, options with { InitialAlphabet = options.LimitAlphabet is null ? options.InitialAlphabet : string.Concat(alphabet) });
        trainer.Add(golden.Lines);
        return trainer.LearnFrom(InOrder(trainer.CountedWords(), tokens, options), null, default);
    }

    /// <summary>Words so ordered that characters with marks come up as the reference's ids say. Since it came to these ids, there is such an order, and each word that fits leads on.</summary>
    private static List<WordCount> InOrder(IReadOnlyList<WordCount> words, IReadOnlyList<string> tokens, TokenizerTrainingOptions options)
    {
        Dictionary<string, int> ids = tokens.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        var left = words.Select(word => (Word: word, Ids: Marked(word.Word, ids, options))).ToList();
        var ordered = new List<WordCount>(words.Count);
        var seen = new HashSet<int>();
        while (left.Count > 0)
        {
            int before = left.Count;
            int next = left.SelectMany(entry => entry.Ids).Where(id => !seen.Contains(id)).DefaultIfEmpty(int.MaxValue).Min();
            left.RemoveAll(entry =>
            {
                if (!Fits(entry.Ids, seen, ref next))
                {
                    return false;
                }

                seen.UnionWith(entry.Ids);
                ordered.Add(entry.Word);
                return true;
            });
            Assert.True(left.Count < before, "no order of words leads to the ids of the reference's characters");
        }

        return ordered;
    }

    // A word fits if what is new in it comes up in the order of ids, beginning with the lowest that is left, without a gap.
    private static bool Fits(IReadOnlyList<int> ids, HashSet<int> seen, ref int next)
    {
        int expected = next;
        var inWord = new HashSet<int>();
        foreach (int id in ids)
        {
            if (seen.Contains(id) || !inWord.Add(id))
            {
                continue;
            }

            if (id != expected)
            {
                return false;
            }

            expected++;
        }

        next = expected;
        return true;
    }

    private static List<int> Marked(string word, Dictionary<string, int> ids, TokenizerTrainingOptions options)
    {
        var marked = new List<int>();
        int at = 0;
        foreach (Rune character in word.EnumerateRunes())
        {
            string before = at == 0 ? "" : options.ContinuingSubwordPrefix ?? "";
            at += character.Utf16SequenceLength;
            string after = at == word.Length ? options.EndOfWordSuffix ?? "" : "";
            string token = $"{before}{character}{after}";
            if (token.Length > character.Utf16SequenceLength && ids.ContainsKey(character.ToString()))
            {
                Assert.True(ids.TryGetValue(token, out int id), $"the reference has '{character}' but not '{token}'");
                marked.Add(id);
            }
        }

        return marked;
    }

    private static bool IsOneCharacter(string token) => token.EnumerateRunes().Count() == 1;
}
