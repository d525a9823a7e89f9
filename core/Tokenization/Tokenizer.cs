using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Text to tokens and back, as the model's own tokenizer does it. Text passes added tokens, normalizer, pre-tokenizer, model and
/// post-processor. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Read from <c>tokenizer.json</c>, from <c>vocab.json</c> and <c>merges.txt</c> or from BERT's <c>vocab.txt</c>; follows Hugging Face
/// tokenizers 0.23. Offsets are in UTF-16 units of the source text. A lone surrogate counts as U+FFFD.
/// </remarks>
public sealed class Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokenSplitter _splitter;

    internal Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        var added = new AddedVocabulary(parts.AddedTokens, parts.Tokens, parts.Normalizer);
        _splitter = new AddedTokenSplitter(added, parts.Normalizer);
        Vocabulary = new Vocabulary(parts.Tokens, added, parts.Decoder);
    }

    /// <summary>The tokens and their ids.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The number of tokens, added ones included.</summary>
    public int VocabularySize => Vocabulary.Count;

    /// <summary>Its parts, in words.</summary>
    internal TokenizerDescription Description => _parts.Describe?.Invoke() ?? TokenizerDescription.OfKinds(_parts);

    /// <summary>The ids of all tokens, ascending.</summary>
    internal IEnumerable<int> Ids => _parts.Tokens.Ids.Concat(Vocabulary.AddedTokens.Select(token => token.Id)).Distinct().Order();

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="fileOrFolder">A <c>tokenizer.json</c>, or a folder with one with <c>vocab.json</c> and <c>merges.txt</c> or with <c>vocab.txt</c>.</param>
    /// <exception cref="GptxException">
    /// <c>TokenizerNotFound</c>, <c>TokenizerUnreadable</c> (not what the format asks for) or <c>TokenizerNotSupported</c> (a part that
    /// is not built yet); the message says which file, where in it and what is allowed.
    /// </exception>
    public static Tokenizer Load(string fileOrFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileOrFolder);
        return TokenizerFiles.Load(fileOrFolder);
    }

    /// <summary>Looks whether a folder has a tokenizer that <see cref="Load"/> would read, without reading it.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="file">The file that decides: the path of <c>tokenizer.json</c>, <c>vocab.json</c> or <c>vocab.txt</c>.</param>
    public static bool TryFind(string folder, [NotNullWhen(true)] out string? file)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return TokenizerFiles.TryFind(folder, out file);
    }

    /// <summary>Encodes a text to tokens with their places in the text. Nothing is truncated or padded.</summary>
    /// <param name="text">The text; the empty text has no tokens but the template's.</param>
    /// <param name="addSpecialTokens">Whether the template's tokens are put in.</param>
    /// <exception cref="GptxException">The text has a character that the vocabulary has no token for.</exception>
    public IReadOnlyList<EncodedToken> EncodeToTokens(string text, bool addSpecialTokens = true)
    {
        TokenWindow window = EncodeWhole(text, addSpecialTokens);
        return [.. window.Tokens.Select(entry => new EncodedToken(
            entry.Id,
            entry.Value,
            Vocabulary.Contains(entry.Id) ? Vocabulary.TextOf(entry.Id) : entry.Value,
            entry.Source.Start,
            entry.Source.Length,
            entry.IsSpecial || Vocabulary.IsSpecial(entry.Id)))];
    }

    /// <summary>Encodes a text to ids. Nothing is truncated or padded.</summary>
    /// <inheritdoc cref="EncodeToTokens"/>
    public IReadOnlyList<int> EncodeToIds(string text, bool addSpecialTokens = true)
    {
        List<TokenEntry> tokens = EncodeWhole(text, addSpecialTokens).Tokens;
        var ids = new int[tokens.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i].Id;
        }

        return ids;
    }

    /// <summary>The number of tokens of a text, with those of the template.</summary>
    /// <exception cref="GptxException">The text has a character that the vocabulary has no token for.</exception>
    public int CountTokens(string text) => EncodeWhole(text, addSpecialTokens: true).Tokens.Count;

    /// <summary>Encodes a text or a pair with all that the file says, truncation and padding included.</summary>
    /// <exception cref="GptxException">The text cannot be encoded, or not truncated as the file says.</exception>
    public EncodedText Encode(EncodeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return EncodeBatch([request])[0];
    }

    /// <summary>Encodes several texts together: where the file pads to the longest, to the longest of all.</summary>
    /// <exception cref="GptxException">A text cannot be encoded, or not truncated as the file says.</exception>
    public IReadOnlyList<EncodedText> EncodeBatch(IReadOnlyList<EncodeRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        TokenWindow[] windows = [.. requests.Select(Process)];
        _parts.Padding?.Apply([.. windows.Where((_, i) => requests[i].Pad)]);
        return [.. windows.Select(window => new EncodedText(window))];
    }

    /// <summary>Decodes ids to text. Ids that do not exist are skipped, as the reference does; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        DecodeStream stream = CreateDecodeStream(skipSpecialTokens);
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            text.Append(stream.Append(id));
        }

        return text.Append(stream.Flush()).ToString();
    }

    /// <summary>Begins to decode ids one by one, for text that is shown while it is generated.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public DecodeStream CreateDecodeStream(bool skipSpecialTokens = false) => new(Vocabulary, _parts.Decoder, skipSpecialTokens);

    private TokenWindow EncodeWhole(string text, bool addSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Process(new EncodeRequest(text) { AddSpecialTokens = addSpecialTokens, Truncate = false });
    }

    private TokenWindow Process(EncodeRequest request)
    {
        IReadOnlyList<TokenWindow> windows = request.Pair is null
            ? [EncodeSequence(request.Text, 0, request.EncodeSpecialTokens)]
            : [EncodeSequence(request.Text, 0, request.EncodeSpecialTokens), EncodeSequence(request.Pair, 1, request.EncodeSpecialTokens)];
        if (request.Truncate && _parts.Truncation is { } truncation)
        {
            int added = request.AddSpecialTokens ? _parts.PostProcessor?.AddedTokenCount(windows.Count == 2) ?? 0 : 0;
            windows = truncation.Apply(windows, added);
        }

        windows = _parts.PostProcessor?.Process(windows, request.AddSpecialTokens) ?? windows;
        return windows.Count == 1 ? windows[0] : TokenWindow.Merge(windows);
    }

    private TokenWindow EncodeSequence(string text, int sequence, bool encodeSpecialTokens)
    {
        string source = WellFormedText.Of(text);
        var tokens = new List<TokenEntry>();
        var pieces = new List<AlignedText>();
        foreach ((AlignedText section, AddedToken? added) in _splitter.Split(source, encodeSpecialTokens))
        {
            if (added is not null)
            {
                tokens.Add(new TokenEntry(added.Id, section.ToString(), section.SourceOf(0, section.Length), sequence, sequence));
                continue;
            }

            pieces.Clear();
            if (_parts.PreTokenizer is { } preTokenizer)
            {
                preTokenizer.Split(section, pieces);
            }
            else
            {
                pieces.Add(section);
            }

            foreach (AlignedText piece in pieces)
            {
                foreach (ModelToken token in _parts.Model.Tokenize(piece.Span))
                {
                    tokens.Add(new TokenEntry(token.Id, token.Value, piece.SourceOf(token.Start, token.End), sequence, sequence));
                }
            }
        }

        return new TokenWindow(source, tokens);
    }
}
