namespace Gptx.Tokenization;

/// <summary>A text, or a pair, as the model is fed it. All lists have one entry a token, shape [position].</summary>
public sealed class EncodedText
{
    internal EncodedText(TokenWindow window)
    {
        TokenEntry[] entries = [.. window.Tokens];
        Ids = Array.ConvertAll(entries, entry => entry.Id);
        Tokens = Array.ConvertAll(entries, entry => entry.Value);
        Offsets = Array.ConvertAll(entries, entry => entry.Source);
        TypeIds = Array.ConvertAll(entries, entry => entry.TypeId);
        SpecialTokensMask = Array.ConvertAll(entries, entry => entry.IsSpecial);
        AttentionMask = Array.ConvertAll(entries, entry => !entry.IsPadding);
        SequenceIds = Array.ConvertAll(entries, entry => entry.Sequence < 0 ? (int?)null : entry.Sequence);
        Overflowing = [.. window.Overflowing.Select(other => new EncodedText(other))];
    }

    /// <summary>The ids of the tokens.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The tokens as the vocabulary writes them; for an added token the text that it matched.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Where each token lies in its own text, in UTF-16 units; [0, 0) for tokens that the template or padding put in.</summary>
    public IReadOnlyList<TextRange> Offsets { get; }

    /// <summary>The segment of each token (BERT's 0 and 1), as the template says.</summary>
    public IReadOnlyList<int> TypeIds { get; }

    /// <summary>True for tokens that the template or padding put in. A special token written in the text is not marked.</summary>
    public IReadOnlyList<bool> SpecialTokensMask { get; }

    /// <summary>False for padding, true for all else.</summary>
    public IReadOnlyList<bool> AttentionMask { get; }

    /// <summary>0 for tokens of the text, 1 for tokens of the pair, null for tokens of neither.</summary>
    public IReadOnlyList<int?> SequenceIds { get; }

    /// <summary>What truncation cut off, as further windows of the same form; those of a pair are the cross product of both texts' windows.</summary>
    public IReadOnlyList<EncodedText> Overflowing { get; }
}
