namespace Gptx.Tokenization;

/// <summary>Merges in the order in which a file lists them, checked against the vocabulary: both parts and the whole must be in it.</summary>
internal sealed class MergeList
{
    private readonly TokenTable _tokens;
    private readonly int _prefixLength;
    private readonly List<(int Left, int Right, int Merged)> _merges = [];
    private char[] _whole = new char[64];

    public MergeList(TokenTable tokens, string continuingSubwordPrefix, string path)
    {
        _tokens = tokens;
        _prefixLength = continuingSubwordPrefix.Length;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Adds a merge written as <c>left right</c>; a line that begins with <c>#version</c> is none.</summary>
    public void AddLine(ReadOnlySpan<char> line, int index)
    {
        if (line.StartsWith("#version"))
        {
            return;
        }

        int space = line.IndexOf(' ');
        if (space < 0 || line[(space + 1)..].Contains(' '))
        {
            throw TokenizerErrors.Unreadable($"{Path}[{index}]", $"expected two tokens with one space between, found '{line}'");
        }

        Add(line[..space], line[(space + 1)..], index);
    }

    public void Add(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int index)
    {
        int size = left.Length + right.Length;
        if (size > _whole.Length)
        {
            Array.Resize(ref _whole, 2 * size);
        }

        int rightId = IdOf(right, index);
        ReadOnlySpan<char> added = right.Length < _prefixLength ? right : right[_prefixLength..];
        left.CopyTo(_whole);
        added.CopyTo(_whole.AsSpan(left.Length));
        _merges.Add((IdOf(left, index), rightId, IdOf(_whole.AsSpan(0, left.Length + added.Length), index)));
    }

    public MergeTable ToTable()
    {
        var table = new MergeTable(_merges.Count);
        for (int rank = 0; rank < _merges.Count; rank++)
        {
            (int left, int right, int merged) = _merges[rank];
            table.Set(left, right, rank, merged);
        }

        return table;
    }

    private int IdOf(ReadOnlySpan<char> token, int index)
    {
        return _tokens.TryGetId(token, out int id)
            ? id
            : throw TokenizerErrors.Unreadable($"{Path}[{index}]", $"the token '{token}' is not in the vocabulary");
    }
}
