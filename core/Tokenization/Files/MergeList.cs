using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>Merges in the order in which a file lists them, checked against the vocabulary: both parts and the whole must be in it.</summary>
/// <remarks>What runs for each merge is optimized at once; the runtime would take tens of thousands of slow calls to see to it.</remarks>
internal sealed class MergeList
{
    private readonly TokenTable _tokens;
    private readonly int _prefixLength;
    private char[] _whole = new char[64];
    private char[] _left = new char[64];
    private int _rank;

    public MergeList(TokenTable tokens, string continuingSubwordPrefix, string path)
    {
        _tokens = tokens;
        _prefixLength = continuingSubwordPrefix.Length;
        Path = path;
    }

    public string Path { get; }

    public MergeTable Table { get; } = new();

    /// <summary>Adds a merge written as <c>left right</c>; a line that begins with <c>#version</c> is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int index)
    {
        int size = left.Length + right.Length;
        if (size > _whole.Length)
        {
            Array.Resize(ref _whole, 2 * size);
        }

        int leftId = IdOf(left, index);
        int rightId = IdOf(right, index);
        ReadOnlySpan<char> added = right.Length < _prefixLength ? right : right[_prefixLength..];
        left.CopyTo(_whole);
        added.CopyTo(_whole.AsSpan(left.Length));
        Table.Set(leftId, rightId, _rank++, IdOf(_whole.AsSpan(0, left.Length + added.Length), index));
    }

    /// <summary>A copy of the left token, for a reader whose text holds only until the next.</summary>
    public ReadOnlySpan<char> Keep(ReadOnlySpan<char> left)
    {
        if (left.Length > _left.Length)
        {
            _left = new char[2 * left.Length];
        }

        left.CopyTo(_left);
        return _left.AsSpan(0, left.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int IdOf(ReadOnlySpan<char> token, int index)
    {
        return _tokens.TryGetId(token, out int id)
            ? id
            : throw TokenizerErrors.Unreadable($"{Path}[{index}]", $"the token '{token}' is not in the vocabulary");
    }
}
