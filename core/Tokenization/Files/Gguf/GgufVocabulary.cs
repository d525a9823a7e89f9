namespace Gptx.Tokenization;

/// <summary>What a token of a GGUF file is.</summary>
internal enum GgufTokenType
{
    /// <summary>Ordinary text.</summary>
    Normal = 1,

    /// <summary>Stands for what the vocabulary lacks.</summary>
    Unknown = 2,

    /// <summary>A special token.</summary>
    Control = 3,

    /// <summary>Text that is always a token of its own.</summary>
    UserDefined = 4,

    /// <summary>Never made.</summary>
    Unused = 5,

    /// <summary>A byte, <c>&lt;0x0A&gt;</c>.</summary>
    Byte = 6,
}

/// <summary>The tokens of a GGUF file with their types and scores, whose number agrees.</summary>
internal sealed class GgufVocabulary
{
    private readonly IReadOnlyList<int>? _types;

    public GgufVocabulary(GgufEntries entries)
    {
        Texts = entries.Texts(GgufKeys.Tokens) ?? throw entries.Missing(GgufKeys.Tokens);
        _types = entries.Integers(GgufKeys.Types);
        Scores = entries.Numbers(GgufKeys.Scores);
        Check(entries, GgufKeys.Types, _types?.Count);
        Check(entries, GgufKeys.Scores, Scores?.Count);
    }

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<double>? Scores { get; }

    public int Count => Texts.Count;

    public GgufTokenType TypeOf(int id) => _types is null ? GgufTokenType.Normal : (GgufTokenType)_types[id];

    /// <summary>The table of tokens, each by what a rule makes of its text.</summary>
    public TokenTable Table(Func<int, string> text)
    {
        var table = new TokenTable();
        for (int id = 0; id < Count; id++)
        {
            table.Add(text(id), id);
        }

        table.Complete();
        return table;
    }

    /// <summary>The tokens that are cut out of the text first: special ones, or those of the ids given where the file has no types, and those that users defined.</summary>
    public IReadOnlyList<AddedToken> Added(params IEnumerable<int?> specialIds)
    {
        HashSet<int> special = _types is null ? [.. specialIds.OfType<int>()] : [];
        var added = new List<AddedToken>();
        for (int id = 0; id < Count; id++)
        {
            GgufTokenType type = TypeOf(id);
            bool isSpecial = type is GgufTokenType.Control or GgufTokenType.Unknown || special.Contains(id);
            if ((isSpecial || type == GgufTokenType.UserDefined) && Texts[id].Length > 0)
            {
                added.Add(new AddedToken(Texts[id]) { Id = id, Special = isSpecial });
            }
        }

        return added;
    }

    private void Check(GgufEntries entries, string key, int? count)
    {
        if (count is { } other && other != Count)
        {
            throw entries.Wrong(key, $"{other} values for {Count} tokens");
        }
    }
}
