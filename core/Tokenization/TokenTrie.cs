using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>Finds added tokens in a text: leftmost, then longest, one after the other.</summary>
internal sealed class TokenTrie
{
    private readonly Node _root = new('\0');
    private SearchValues<char> _firsts = SearchValues.Create("");
    private string _firstUnits = "";

    /// <summary>Adds a token by the text that it is found by; an empty text is never found.</summary>
    public void Add(string text, AddedToken token)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (!_firstUnits.Contains(text[0]))
        {
            _firstUnits += text[0];
            _firsts = SearchValues.Create(_firstUnits);
        }

        Node node = _root;
        foreach (char unit in text)
        {
            node = node.ChildOrNew(unit);
        }

        node.Token = token;
    }

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _firstUnits.Length == 0;

    /// <summary>The first match that begins at <paramref name="from"/> or later.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, out TextRange match, [NotNullWhen(true)] out AddedToken? token)
    {
        for (; from < text.Length; from++)
        {
            int skip = text[from..].IndexOfAny(_firsts);
            if (skip < 0)
            {
                break;
            }

            from += skip;
            token = LongestAt(text[from..], out int length);
            if (token is not null)
            {
                match = new TextRange(from, from + length);
                return true;
            }
        }

        match = default;
        token = null;
        return false;
    }

    private AddedToken? LongestAt(ReadOnlySpan<char> text, out int length)
    {
        AddedToken? longest = null;
        length = 0;
        Node? node = _root;
        for (int i = 0; i < text.Length && (node = node?.Child(text[i])) is not null; i++)
        {
            if (node.Token is not null)
            {
                longest = node.Token;
                length = i + 1;
            }
        }

        return longest;
    }

    private sealed class Node(char unit)
    {
        private Node? _firstChild;
        private Node? _sibling;

        public AddedToken? Token { get; set; }

        public Node? Child(char next)
        {
            Node? child = _firstChild;
            while (child is not null && child.Unit != next)
            {
                child = child._sibling;
            }

            return child;
        }

        public Node ChildOrNew(char next)
        {
            return Child(next) ?? (_firstChild = new Node(next) { _sibling = _firstChild });
        }

        private char Unit { get; } = unit;
    }
}
