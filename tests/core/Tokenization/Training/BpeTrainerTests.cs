using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>Merges of a few words, against a trainer that counts everything anew for each merge, and against cases worked out by hand.</summary>
public class BpeTrainerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    /// <summary>From the tests of the reference's trainer.</summary>
    [Fact]
    public void The_words_of_the_references_own_test()
    {
        (string, long)[] words = [("roses", 1), ("are", 2), ("red", 1), ("voilets", 1), ("blue", 1), ("BERT", 1), ("is", 2), ("big", 1), ("and", 1), ("so", 1), ("GPT-2", 1)];
        LearntVocabulary learnt = Train(words, new() { MinFrequency = 2 });
        Assert.Equal([.. "-2BEGPRTabdegilnorstuv".Select(character => $"{character}"), "re", "are", "is"], learnt.Tokens);
        Assert.Equal([new TokenPair(17, 11), new TokenPair(8, 22), new TokenPair(13, 18)], learnt.Merges);
    }

    /// <summary>From the tests of the reference's trainer: pairs of two characters are merged whatever the limit.</summary>
    [Fact]
    public void The_limit_of_length_of_the_references_own_test()
    {
        string[] words = ["sin", "Sin", "Lon", "Ano", "짧은한", "긴한글", "短字符", "长字符", "短い文", "長い文", "so", "GP"];
        LearntVocabulary learnt = Train([.. words.Select(word => (word, 2L))], new() { MaxTokenLength = 2 });
        Assert.Equal(["in", "い文", "字符", "An", "GP", "Lo", "so", "긴한", "은한"], learnt.Tokens.Skip(21));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Merges_are_those_of_counting_anew(int seed)
    {
        var random = new Random(seed);
        string letters = "abcdefgh"[..random.Next(2, 9)];
        (string Word, long Count)[] words = [.. Enumerable.Range(0, random.Next(1, 60))
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => letters[random.Next(letters.Length)])))
            .Distinct().Select(word => (word, (long)random.Next(1, 20)))];
        var options = new TokenizerTrainingOptions { VocabularySize = random.Next(letters.Length, 80), MinFrequency = random.Next(0, 8) };
        Assert.Equal(CountingAnew(words, options), Train(words, options).Tokens);
    }

    [Fact]
    public void Marks_are_put_on_and_taken_off()
    {
        (string, long)[] words = [("abab", 5), ("ab", 3)];
        Assert.Equal(["a", "b", "##b", "##a", "ab", "##ab", "abab"], Train(words, new(), new WordMarks("##", "")).Tokens);
        Assert.Equal(["a", "b", "b</w>", "ab</w>", "ab", "abab</w>"], Train(words, new(), new WordMarks("", "</w>")).Tokens);
    }

    [Fact]
    public void An_alphabet_with_a_limit_keeps_the_most_frequent_and_leaves_the_others_out()
    {
        LearntVocabulary learnt = Train([("aab", 3), ("xaz", 1)], new() { LimitAlphabet = 2 });
        Assert.Equal(["a", "b", "aa", "aab"], learnt.Tokens);
        Assert.Equal(["a", "q", "aa"], Train([("aab", 3), ("xaz", 1)], new() { LimitAlphabet = 2, InitialAlphabet = "q" }).Tokens);
    }

    private static LearntVocabulary Train((string Word, long Count)[] words, TokenizerTrainingOptions options, WordMarks? marks = null) =>
        new BpeTrainer(options, marks ?? new WordMarks("", "")).Train([.. words.Select(word => new WordCount(word.Word, word.Count))], null, TestContext.Current.CancellationToken);

    private static List<string> CountingAnew((string Word, long Count)[] words, TokenizerTrainingOptions options)
    {
        List<string> tokens = [.. words.SelectMany(word => word.Word).Distinct().Order().Select(letter => $"{letter}")];
        var rows = words.Select(word => (Ids: word.Word.Select(letter => tokens.IndexOf($"{letter}")).ToList(), word.Count)).ToList();
        while (tokens.Count < options.VocabularySize)
        {
            var counts = rows.SelectMany(row => row.Ids.Zip(row.Ids.Skip(1), (left, right) => (Pair: (left, right), row.Count)))
                .GroupBy(entry => entry.Pair, entry => entry.Count)
                .Select(group => (group.Key, Count: group.Sum()))
                .OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Key).ToList();
            if (counts.Count == 0 || counts[0].Count < options.MinFrequency)
            {
                break;
            }

            (int left, int right) = counts[0].Key;
            tokens.Add(tokens[left] + tokens[right]);
            foreach ((List<int> ids, _) in rows)
            {
                for (int i = 0; i + 1 < ids.Count; i++)
                {
                    if (ids[i] == left && ids[i + 1] == right)
                    {
                        ids[i] = tokens.Count - 1;
                        ids.RemoveAt(i + 1);
                    }
                }
            }
        }

        return tokens;
    }
}
