namespace Gptx.Tokenization;

/// <summary>
/// Decodes ids as they come, for showing text while it is generated. What is handed out never ends inside a character, and all of it
/// together, with <see cref="Flush"/>, is what <see cref="Tokenizer.Decode"/> gives for the same ids. Not safe for concurrent use.
/// </summary>
public sealed class DecodeStream
{
    private readonly Vocabulary _vocabulary;
    private readonly ITokenDecoder _decoder;
    private readonly bool _skipSpecialTokens;
    private ITokenDecoding _decoding;

    internal DecodeStream(Vocabulary vocabulary, ITokenDecoder decoder, bool skipSpecialTokens)
    {
        _vocabulary = vocabulary;
        _decoder = decoder;
        _skipSpecialTokens = skipSpecialTokens;
        _decoding = decoder.Begin();
    }

    /// <summary>Takes the next id and gives the text that is now complete; empty while a character's bytes are not all there.</summary>
    /// <remarks>Ids that do not exist are skipped, as the reference does.</remarks>
    public string Append(int id)
    {
        return _vocabulary.TryGetDecoded(id, _skipSpecialTokens, out string? token) ? _decoding.Append(token) : "";
    }

    /// <summary>Ends the text: gives what still waited for the rest of its character, as U+FFFD, and begins anew.</summary>
    public string Flush()
    {
        string rest = _decoding.Finish();
        _decoding = _decoder.Begin();
        return rest;
    }
}
