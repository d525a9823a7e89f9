namespace Gptx.Tokenization;

/// <summary>A place in a template: a text (0 or 1), or the name of special tokens.</summary>
internal sealed record TemplatePiece(int? Sequence, string? SpecialToken, int TypeId);

/// <summary>Puts texts and special tokens one after the other as two templates say, one for a text and one for a pair.</summary>
internal sealed class TemplatePostProcessor : IPostProcessor
{
    private readonly IReadOnlyList<TemplatePiece> _single;
    private readonly IReadOnlyList<TemplatePiece> _pair;
    private readonly IReadOnlyDictionary<string, NamedToken[]> _specialTokens;

    /// <summary>Makes a post-processor of two templates.</summary>
    /// <param name="single">The template of one text.</param>
    /// <param name="pair">The template of a pair.</param>
    /// <param name="specialTokens">What each name of a special token stands for: one token or several.</param>
    public TemplatePostProcessor(
        IReadOnlyList<TemplatePiece> single,
        IReadOnlyList<TemplatePiece> pair,
        IReadOnlyDictionary<string, NamedToken[]> specialTokens)
    {
        _single = single;
        _pair = pair;
        _specialTokens = specialTokens;
    }

    public int AddedTokenCount(bool isPair)
    {
        return (isPair ? _pair : _single).Sum(piece =>
            piece.SpecialToken is { } name && _specialTokens.TryGetValue(name, out NamedToken[]? tokens) ? tokens.Length : 0);
    }

    public IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens)
    {
        IReadOnlyList<TemplatePiece> template = windows.Count switch
        {
            1 => _single,
            2 => _pair,
            _ => throw Unusable($"stands behind a post-processor that gives {windows.Count} parts; it takes a text or a pair"),
        };
        var result = new List<TokenWindow>();
        foreach (TemplatePiece piece in template)
        {
            if (piece.Sequence is { } sequence)
            {
                result.Add(SequenceOf(windows, sequence, piece.TypeId));
            }
            else if (addSpecialTokens)
            {
                result.Add(SpecialOf(piece));
            }
        }

        return result;
    }

    private static TokenWindow SequenceOf(IReadOnlyList<TokenWindow> windows, int sequence, int typeId)
    {
        if (sequence >= windows.Count)
        {
            throw Unusable("for one text names sequence B, which only a pair has");
        }

        TokenWindow window = windows[sequence];
        window.SetTypeId(typeId);
        window.SetSequence(sequence);
        return window.Clone();
    }

    private TokenWindow SpecialOf(TemplatePiece piece)
    {
        if (!_specialTokens.TryGetValue(piece.SpecialToken!, out NamedToken[]? tokens))
        {
            throw Unusable($"names the token '{piece.SpecialToken}', which its special_tokens lack");
        }

        return new TokenWindow("", [.. tokens.Select(token => TokenEntry.Template(token.Id, token.Name, piece.TypeId))]);
    }

    private static GptxException Unusable(string why) =>
        new(GptxErrorKind.InvalidInput, "TemplateUnusable", $"The tokenizer's template {why}.");
}
