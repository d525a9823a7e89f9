using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>Words that must not be generated, as the rows of ids that <see cref="GenerationOptions.BadWords"/> asks for.</summary>
public static class WordsToAvoid
{
    /// <summary>Each word as it begins a text and as it stands in running text, with the space before it.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>; <c>TextEmpty</c>.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Ids(LanguageModel model, IEnumerable<string> words)
    {
        var tokenizer = model.RequireTokenizer();
        var rows = new List<IReadOnlyList<int>>();
        foreach (var word in words)
        {
            if (string.IsNullOrWhiteSpace(word))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", "bad-words '' is not allowed: a word needs at least one character");
            }

            rows.Add(tokenizer.EncodeToIds(word, addSpecialTokens: false));
            rows.Add(tokenizer.EncodeToIds(" " + word.TrimStart(' '), addSpecialTokens: false));
        }

        return rows;
    }
}
