namespace Gptx.Embeddings;

/// <summary>Word vectors of a file (word2vec binary or text, GloVe): each word once, in the order of the file, which is as a rule by falling frequency.</summary>
public sealed class WordVectors : IWordTable
{
    private readonly string[] _words;
    private readonly Dictionary<string, int> _rows;

    internal WordVectors(string name, WordVectorFormat format, WordRows rows)
    {
        Name = name;
        Format = format;
        _words = [.. rows.Words];
        _rows = rows.Places;
        Repeated = rows.Repeated;
        Vectors = VectorTable.FromMemory(rows.Values, rows.Width);
    }

    /// <summary>The file's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>How the file is written.</summary>
    public WordVectorFormat Format { get; }

    /// <summary>The vectors: row i belongs to word i.</summary>
    public VectorTable Vectors { get; }

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>How many lines repeated a word; the first vector of a word is kept.</summary>
    public int Repeated { get; }

    /// <inheritdoc/>
    public IEnumerable<int> WordRows => Enumerable.Range(0, _words.Length);

    /// <summary>Reads a file. Without a format it is told from name and content.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>FileNotFound</c>, <c>InputNotReadable</c>; <c>VectorFileInvalid</c> with file, place and reason.</exception>
    public static WordVectors Read(string path, WordVectorFormat? format = null, CancellationToken cancellation = default)
    {
        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{path} does not exist");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            var known = format ?? WordVectorSniffer.FormatOf(path, stream);
            stream.Position = 0;
            var rows = known == WordVectorFormat.Word2VecBinary
                ? new WordVectorBinary(path, stream, cancellation).Read()
                : new WordVectorText(path, stream, known, cancellation).Read();
            return new WordVectors(Path.GetFileName(path), known, rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{path} cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>The row of a word as it is written; null if there is none.</summary>
    public int? Find(string word) => _rows.TryGetValue(word, out var row) ? row : null;

    /// <inheritdoc/>
    public string RowText(int row) => _words[row];

    /// <inheritdoc/>
    public TokenVector OfWord(string word, int index = 0)
    {
        var row = Find(word) ?? throw Unknown(word);
        return new TokenVector(word, index, [word], [row], Vectors.CopyRow(row), Name);
    }

    private GptxException Unknown(string word)
    {
        if (string.IsNullOrWhiteSpace(word))
        {
            return new GptxException(GptxErrorKind.InvalidInput, "TextEmpty", "the word is empty");
        }

        var lower = word.ToLowerInvariant();
        var hint = lower != word && Find(lower) is not null ? $"; '{lower}' is" : "";
        return new GptxException(GptxErrorKind.InvalidInput, "WordUnknown", $"'{word}' is not among the {_words.Length} words of {Name}{hint}");
    }
}
