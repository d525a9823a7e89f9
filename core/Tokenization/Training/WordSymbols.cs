using System.Text;

namespace Gptx.Tokenization.Training;

/// <summary>
/// The distinct words as rows of token ids, one after another in one array; merging shortens a row in its place. Where lengths matter,
/// beside each id stands the number of characters it was made of.
/// </summary>
internal sealed class WordSymbols
{
    private readonly int[] _starts;
    private readonly int[] _sizes;
    private readonly long[] _counts;
    private readonly int[] _ids;
    private readonly int[]? _lengths;

    /// <summary>Cuts words into the tokens of their characters. Those with a prefix or suffix join the vocabulary as they are met; a character outside the alphabet is left out.</summary>
    /// <param name="words">The words, in the order in which new tokens get their ids.</param>
    /// <param name="vocabulary">Special tokens and alphabet.</param>
    /// <param name="marks">What stands before and behind pieces.</param>
    /// <param name="withLengths">Whether lengths are kept.</param>
    public WordSymbols(IReadOnlyList<WordCount> words, TrainingVocabulary vocabulary, WordMarks marks, bool withLengths)
    {
        long size = words.Sum(word => (long)word.Word.Length);
        if (size > Array.MaxLength)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput, "TrainingTextTooLarge", $"the distinct words have {size} characters together; at most {Array.MaxLength} can be trained on: give less text, or split it into shorter words");
        }

        _starts = new int[words.Count];
        _sizes = new int[words.Count];
        _counts = new long[words.Count];
        _ids = new int[size];
        _lengths = withLengths ? new int[size] : null;
        _lengths?.AsSpan().Fill(1);
        var tokens = new CharacterTokens(vocabulary, marks);
        for (int word = 0, next = 0; word < words.Count; word++)
        {
            _starts[word] = next;
            _counts[word] = words[word].Count;
            next = Cut(words[word].Word, tokens, next);
            _sizes[word] = next - _starts[word];
        }
    }

    public int Count => _starts.Length;

    public long CountOf(int word) => _counts[word];

    public ReadOnlySpan<int> this[int word] => _ids.AsSpan(_starts[word], _sizes[word]);

    /// <summary>Merges a pair wherever a word has it, from the left, and says which pairs came and went.</summary>
    /// <param name="word">The word.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="merged">The token it becomes.</param>
    /// <param name="lengthLimit">A pair that came is told of only where its length is below this.</param>
    /// <param name="changes">Takes the changes, once for each time.</param>
    public void Merge(int word, TokenPair pair, int merged, int lengthLimit, PairChanges changes)
    {
        Span<int> ids = _ids.AsSpan(_starts[word], _sizes[word]);
        Span<int> lengths = _lengths is null ? default : _lengths.AsSpan(_starts[word], _sizes[word]);
        int written = 0;
        for (int read = 0; read < ids.Length; read++, written++)
        {
            if (ids[read] != pair.Left || read + 1 >= ids.Length || ids[read + 1] != pair.Right)
            {
                ids[written] = ids[read];
                if (_lengths is not null)
                {
                    lengths[written] = lengths[read];
                }

                continue;
            }

            int length = _lengths is null ? 0 : lengths[read] + lengths[read + 1];
            if (written > 0)
            {
                changes.Gone(word, new TokenPair(ids[written - 1], pair.Left));
                if (_lengths is null || lengths[written - 1] + length < lengthLimit)
                {
                    changes.Come(word, new TokenPair(ids[written - 1], merged));
                }
            }

            ids[written] = merged;
            if (_lengths is not null)
            {
                lengths[written] = length;
            }

            read++;
            if (read + 1 < ids.Length)
            {
                changes.Gone(word, new TokenPair(pair.Right, ids[read + 1]));
                if (_lengths is null || lengths[read + 1] + length < lengthLimit)
                {
                    changes.Come(word, new TokenPair(merged, ids[read + 1]));
                }
            }
        }

        _sizes[word] = written;
    }

    private int Cut(string word, CharacterTokens tokens, int next)
    {
        int at = 0;
        foreach (Rune character in word.EnumerateRunes())
        {
            bool isFirst = at == 0;
            at += character.Utf16SequenceLength;
            int id = tokens.IdOf(character, isFirst, isLast: at == word.Length);
            if (id >= 0)
            {
                _ids[next++] = id;
            }
        }

        return next;
    }
}
