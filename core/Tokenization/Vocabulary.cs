using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>All tokens that a tokenizer knows, the model's own and the added ones, by id and by name.</summary>
public sealed class Vocabulary
{
    private readonly TokenTable _model;
    private readonly AddedVocabulary _added;
    private readonly ITokenDecoder _decoder;
    private readonly ConcurrentDictionary<int, string> _texts = new();

    internal Vocabulary(TokenTable model, AddedVocabulary added, ITokenDecoder decoder)
    {
        _model = model;
        _added = added;
        _decoder = decoder;
        Count = model.Count + added.Ids.Keys.Count(token => !model.TryGetId(token, out _));
        AddedToken[] tokens = [.. added.Tokens.Values];
        Array.Sort(tokens, (left, right) => left.Id.CompareTo(right.Id));
        AddedTokens = tokens;
    }

    /// <summary>The number of tokens. Ids may have gaps, so the highest id can be larger than <c>Count - 1</c>.</summary>
    public int Count { get; }

    /// <summary>The added tokens, special and other, by id.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>Whether some token has this id.</summary>
    public bool Contains(int id) => TryGetToken(id, out _);

    /// <summary>Whether decoding with <c>skipSpecialTokens</c> leaves this id out.</summary>
    public bool IsSpecial(int id) => TryGetToken(id, out string? token) && _added.IsSpecial(token);

    /// <summary>Looks a token up by its name as the vocabulary writes it, for example <c>Ġcat</c>, not <c> cat</c>.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryGetId(string token, out int id)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _added.Ids.TryGetValue(token, out id) || _model.TryGetId(token, out id);
    }

    /// <summary>Looks up a token's name as the vocabulary writes it.</summary>
    /// <returns>False where no token has this id.</returns>
    public bool TryGetToken(int id, [NotNullWhen(true)] out string? token)
    {
        if (_added.Tokens.TryGetValue(id, out AddedToken? added))
        {
            token = added.Content;
            return true;
        }

        return _model.TryGetToken(id, out token);
    }

    /// <summary>What the decoder is given for an id: a token's name, or an added token's text as it was looked for.</summary>
    /// <returns>False where the id does not exist, or is special and those are skipped.</returns>
    internal bool TryGetDecoded(int id, bool skipSpecialTokens, [NotNullWhen(true)] out string? token)
    {
        bool exists = _added.Decoded.TryGetValue(id, out token) || _model.TryGetToken(id, out token);
        return exists && !(skipSpecialTokens && _added.IsSpecial(token!));
    }

    /// <summary>A token's name as the vocabulary writes it, for example <c>Ġcat</c>.</summary>
    /// <exception cref="GptxException"><c>TokenIdUnknown</c>: no token has this id.</exception>
    public string TokenOf(int id)
    {
        return TryGetToken(id, out string? token)
            ? token
            : throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TokenIdUnknown",
                $"No token has the id {id}; the vocabulary has {Count} tokens.");
    }

    /// <summary>
    /// The text that a token stands for behind others, for example <c> cat</c>: with the space that the decoder puts before it, whether the
    /// vocabulary marks words (<c>Ġcat</c>, <c>▁cat</c>) or what continues them (<c>##ing</c>). U+FFFD stands for bytes that are no whole
    /// character. An added token's text is its content.
    /// </summary>
    /// <exception cref="GptxException"><c>TokenIdUnknown</c>: no token has this id.</exception>
    public string TextOf(int id)
    {
        if (_texts.TryGetValue(id, out string? text))
        {
            return text;
        }

        string token = TokenOf(id);
        return _texts.GetOrAdd(id, _added.Tokens.ContainsKey(id) ? token : BehindAnother(token));
    }

    /// <summary>
    /// Whether a token begins a word: its text is a space and then a letter, mark or digit. False for added tokens and for ids that do not exist.
    /// </summary>
    public bool BeginsWord(int id)
    {
        if (!Contains(id) || _added.Tokens.ContainsKey(id))
        {
            return false;
        }

        string text = TextOf(id);
        return text.Length > 1
            && text[0] == ' '
            && Rune.DecodeFromUtf16(text.AsSpan(1), out Rune second, out _) == System.Buffers.OperationStatus.Done
            && CharacterClasses.IsWord(second)
            && second.Value != '_';
    }

    // Many decoders treat the first token in another way, so that a token alone would lose its space.
    private string BehindAnother(string token)
    {
        string before = token == "a" ? "b" : "a"; // another one, since CTC drops what is repeated
        string both = Decoded(before, token);
        return both.StartsWith(before, StringComparison.Ordinal) ? both[1..] : Decoded(token);
    }

    private string Decoded(params ReadOnlySpan<string> tokens)
    {
        ITokenDecoding decoding = _decoder.Begin();
        var text = new StringBuilder();
        foreach (string token in tokens)
        {
            text.Append(decoding.Append(token));
        }

        return text.Append(decoding.Finish()).ToString();
    }
}
