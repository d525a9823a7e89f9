namespace Gptx.Embeddings;

/// <summary>Words and numbers as a file of word vectors is read: rows of one width, a word once.</summary>
internal sealed class WordRows(string path, int width)
{
    private const int FirstRows = 1024;
    private readonly List<string> _words = [];
    private float[] _values = new float[Math.Min((long)FirstRows * width, Array.MaxLength)];
    private int _read;

    public int Width => width;

    public IReadOnlyList<string> Words => _words;

    public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    public int Repeated { get; private set; }

    /// <summary>The numbers of all words, row after row.</summary>
    public ReadOnlyMemory<float> Values => _values.AsMemory(0, _words.Count * width);

    /// <summary>Where the numbers of the next word go.</summary>
    public Span<float> Next()
    {
        var end = (long)(_words.Count + 1) * width;
        if (end > _values.Length)
        {
            if (end > Array.MaxLength)
            {
                throw Invalid(path, $"it has more than the {Array.MaxLength} numbers that fit into memory");
            }

            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _values.Length)));
        }

        return _values.AsSpan(_words.Count * width, width);
    }

    /// <summary>Takes the word whose numbers were written to <see cref="Next"/>; of a word that was there already the first is kept.</summary>
    public void Add(string word)
    {
        var place = _read++;
        var bad = _values.AsSpan(_words.Count * width, width).IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw Invalid(path, $"word {place} (from 0), '{Shown(word)}', has a number that is not finite in column {bad}");
        }

        if (Places.TryAdd(word, _words.Count))
        {
            _words.Add(word);
        }
        else
        {
            Repeated++;
        }
    }

    public static GptxException Invalid(string path, string what) => new(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{path}: {what}");

    /// <summary>The beginning of a word that may be anything.</summary>
    public static string Shown(string word) => word.Length <= 40 ? word : word[..40] + "...";
}
