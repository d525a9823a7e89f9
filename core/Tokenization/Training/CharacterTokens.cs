using System.Text;

namespace Gptx.Tokenization.Training;

/// <summary>What stands before a piece that does not begin a word, and behind one that ends it; empty where nothing does.</summary>
internal sealed record WordMarks(string ContinuingPrefix, string EndSuffix);

/// <summary>The token of a character by its place in the word.</summary>
internal sealed class CharacterTokens(TrainingVocabulary vocabulary, WordMarks marks)
{
    private readonly Dictionary<(Rune Character, bool IsFirst, bool IsLast), int> _known = [];

    /// <summary>The token's id; -1 for a character that is not in the alphabet.</summary>
    public int IdOf(Rune character, bool isFirst, bool isLast)
    {
        if (!_known.TryGetValue((character, isFirst, isLast), out int id))
        {
            string text = character.ToString();
            id = vocabulary.Contains(text)
                ? vocabulary.IdOf($"{(isFirst ? "" : marks.ContinuingPrefix)}{text}{(isLast ? marks.EndSuffix : "")}")
                : -1;
            _known.Add((character, isFirst, isLast), id);
        }

        return id;
    }
}
