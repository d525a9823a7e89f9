using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>A token on its way through post-processing.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct TokenEntry(int Id, string Value, TextRange Source, int TypeId, int Sequence)
{
    public const int NoSequence = -1;

    public bool IsSpecial { get; set; }

    public bool IsPadding { get; set; }

    /// <summary>A token that a template puts in: no source text, no sequence.</summary>
    public static TokenEntry Template(int id, string value, int typeId) => new(id, value, default, typeId, NoSequence) { IsSpecial = true };
}

/// <summary>A run of tokens of one text (or, after merging, of a pair), with the windows that truncation cut off.</summary>
internal sealed class TokenWindow
{
    private const int MostWindows = 1 << 15;

    public TokenWindow(string source, List<TokenEntry> tokens)
    {
        Source = source;
        Tokens = tokens;
    }

    public string Source { get; }

    public List<TokenEntry> Tokens { get; }

    public List<TokenWindow> Overflowing { get; set; } = [];

    public Span<TokenEntry> Entries => CollectionsMarshal.AsSpan(Tokens);

    public TokenWindow Clone()
    {
        return new TokenWindow(Source, [.. Tokens]) { Overflowing = [.. Overflowing.Select(other => other.Clone())] };
    }

    public void SetTypeId(int typeId)
    {
        foreach (ref TokenEntry entry in Entries)
        {
            entry.TypeId = typeId;
        }
    }

    public void SetSequence(int sequence)
    {
        foreach (ref TokenEntry entry in Entries)
        {
            entry.Sequence = sequence;
        }
    }

    /// <summary>Puts the windows one after the other; their overflowing windows combine as a cross product, in the reference's order.</summary>
    public static TokenWindow Merge(IEnumerable<TokenWindow> windows)
    {
        var merged = new TokenWindow("", []);
        foreach (TokenWindow window in windows)
        {
            merged.Append(window);
        }

        return merged;
    }

    private void Append(TokenWindow next)
    {
        long count = (Overflowing.Count + 1L) * (next.Overflowing.Count + 1L);
        if (count > MostWindows)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TooManyWindows",
                $"Truncating this pair of texts gives {count} overflowing windows; at most {MostWindows} are made. Shorten the texts or truncate one of them only.");
        }

        var overflowing = new List<TokenWindow>((int)count);
        foreach (TokenWindow mine in Overflowing)
        {
            overflowing.Add(mine.Joined(next));
            overflowing.AddRange(next.Overflowing.Select(mine.Joined));
        }

        overflowing.AddRange(next.Overflowing.Select(Joined));
        Tokens.AddRange(next.Tokens);
        Overflowing = overflowing;
    }

    private TokenWindow Joined(TokenWindow next) => new(Source, [.. Tokens, .. next.Tokens]);
}
