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

    /// <summary>The text that a token alone decodes to, for example <c> cat</c>; U+FFFD stands for bytes that are no whole character.</summary>
    /// <exception cref="GptxException"><c>TokenIdUnknown</c>: no token has this id.</exception>
    public string TextOf(int id)
    {
        if (_texts.TryGetValue(id, out string? text))
        {
            return text;
        }

        ITokenDecoding decoding = _decoder.Begin();
        text = decoding.Append(TokenOf(id)) + decoding.Finish();
        return _texts.GetOrAdd(id, text);
    }

    /// <summary>Whether a token begins a word: its text is a space and then a letter, mark or digit. False for ids that do not exist.</summary>
    public bool BeginsWord(int id)
    {
        if (!Contains(id))
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
}
