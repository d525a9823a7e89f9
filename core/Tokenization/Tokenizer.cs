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
    private readonly TextPipeline _pipeline;
    private readonly WorkspacePool _workspaces;
    private readonly IdFrames _frames;
    private readonly TokenLooks _looks;

    internal Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        var added = new AddedVocabulary(parts.AddedTokens, parts.Tokens, parts.Normalizer);
        _pipeline = new TextPipeline(parts, added);
        _workspaces = new WorkspacePool(() => new Workspace(parts.Model, _pipeline.InBytes));
        _frames = new IdFrames(parts.PostProcessor);
        Vocabulary = new Vocabulary(parts.Tokens, added, parts.Decoder);
        _looks = new TokenLooks(Vocabulary);
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
        ArgumentNullException.ThrowIfNull(text);
        Workspace workspace = _workspaces.Rent();
        try
        {
            return Shown(EncodeWhole(text, addSpecialTokens, workspace));
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    private EncodedToken[] Shown(TokenWindow window)
    {
        var tokens = new EncodedToken[window.Tokens.Count];
        for (int i = 0; i < tokens.Length; i++)
        {
            ref TokenEntry entry = ref window.Entries[i];
            TokenLooks.Look? look = _looks.Of(entry.Id);
            tokens[i] = new EncodedToken(
                entry.Id,
                entry.Value,
                look?.Text ?? entry.Value,
                entry.Source.Start,
                entry.Source.Length,
                entry.IsSpecial || look?.IsSpecial == true);
        }

        return tokens;
    }

    /// <summary>Encodes a text to ids. Nothing is truncated or padded.</summary>
    /// <inheritdoc cref="EncodeToTokens"/>
    public IReadOnlyList<int> EncodeToIds(string text, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        Workspace workspace = _workspaces.Rent();
        try
        {
            return IdsOf(text, addSpecialTokens, workspace).ToArray();
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>Encodes a text and adds its ids to a list; beside the list's own growth nothing is allocated for a token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">What the ids are added to.</param>
    /// <param name="addSpecialTokens">Whether the template's tokens are put in.</param>
    /// <exception cref="GptxException">The text has a character that the vocabulary has no token for; then nothing is added.</exception>
    public void EncodeToIds(ReadOnlySpan<char> text, List<int> ids, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Workspace workspace = _workspaces.Rent();
        try
        {
            ids.AddRange(IdsOf(text, addSpecialTokens, workspace));
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>
    /// Encodes a text of any length as it is read: its ids are those of the whole text in one call, while memory holds a block of it.
    /// Where nothing tells that a cut makes no difference (a text without spaces; a tokenizer that does not split at them) the block grows.
    /// </summary>
    /// <param name="reader">The text; it is not closed.</param>
    /// <param name="addSpecialTokens">Whether the template's tokens are put in.</param>
    /// <returns>The ids, found as they are asked for; to be enumerated once.</returns>
    /// <exception cref="GptxException">While enumerating: the text has a character that the vocabulary has no token for.</exception>
    public IEnumerable<int> EncodeToIds(TextReader reader, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return _frames.Of(addSpecialTokens) is { } frame
            ? new TextStream(_pipeline, _workspaces, frame).Encode(reader)
            : EncodeToIds(reader.ReadToEnd(), addSpecialTokens);
    }

    /// <summary>Encodes several texts to ids, on several threads; the ids are those that each text alone has. Nothing is truncated or padded.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="addSpecialTokens">Whether the template's tokens are put in.</param>
    /// <param name="threads">The most threads; 0: as many as there are processors.</param>
    /// <returns>The ids of each text, in the order of the texts.</returns>
    /// <exception cref="GptxException">A text has a character that the vocabulary has no token for; the error is that of the first such text.</exception>
    public IReadOnlyList<IReadOnlyList<int>> EncodeBatchToIds(IReadOnlyList<string> texts, bool addSpecialTokens = true, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return ParallelTexts.Map(texts.Count, threads, i => EncodeToIds(texts[i], addSpecialTokens));
    }

    /// <summary>The number of tokens of a text, with those of the template.</summary>
    /// <exception cref="GptxException">The text has a character that the vocabulary has no token for.</exception>
    public int CountTokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CountTokens(text.AsSpan());
    }

    /// <inheritdoc cref="CountTokens(string)"/>
    public int CountTokens(ReadOnlySpan<char> text)
    {
        Workspace workspace = _workspaces.Rent();
        try
        {
            return IdsOf(text, addSpecialTokens: true, workspace).Length;
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

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
        TokenWindow[] windows = ParallelTexts.Map(requests.Count, threads: 0, i => Process(requests[i]));
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

    // The tokens may lie in the workspace.
    private TokenWindow EncodeWhole(string text, bool addSpecialTokens, Workspace workspace) =>
        Process(new EncodeRequest(text) { AddSpecialTokens = addSpecialTokens, Truncate = false }, workspace, workspace.Entries);

    private TokenWindow Process(EncodeRequest request)
    {
        Workspace workspace = _workspaces.Rent();
        try
        {
            return Process(request, workspace, []);
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    private TokenWindow Process(EncodeRequest request, Workspace workspace, List<TokenEntry> entries)
    {
        TokenWindow first = EncodeSequence(request.Text, 0, request.EncodeSpecialTokens, workspace, entries);
        IReadOnlyList<TokenWindow> windows = request.Pair is null
            ? [first]
            : [first, EncodeSequence(request.Pair, 1, request.EncodeSpecialTokens, workspace, [])];
        if (request.Truncate && _parts.Truncation is { } truncation)
        {
            int added = request.AddSpecialTokens ? _parts.PostProcessor?.AddedTokenCount(windows.Count == 2) ?? 0 : 0;
            windows = truncation.Apply(windows, added);
        }

        windows = _parts.PostProcessor?.Process(windows, request.AddSpecialTokens) ?? windows;
        return windows.Count == 1 ? windows[0] : TokenWindow.Merge(windows);
    }

    private TokenWindow EncodeSequence(string text, int sequence, bool encodeSpecialTokens, Workspace workspace, List<TokenEntry> entries)
    {
        string source = WellFormedText.Of(text);
        workspace.Arena.Clear();
        workspace.Arena.KeepsSources = true;
        var sink = new EntrySink(workspace.Encoder, _parts.Tokens, entries, sequence);
        _pipeline.Run(source, 0, encodeSpecialTokens, workspace.Arena, sink);
        return new TokenWindow(source, entries);
    }

    // The ids lie in the workspace.
    private ReadOnlySpan<int> IdsOf(ReadOnlySpan<char> text, bool addSpecialTokens, Workspace workspace)
    {
        if (_frames.Of(addSpecialTokens) is not { } frame)
        {
            List<TokenEntry> tokens = EncodeWhole(text.ToString(), addSpecialTokens, workspace).Tokens;
            return tokens.ConvertAll(token => token.Id).ToArray();
        }

        workspace.Arena.KeepsSources = _pipeline.ReadsSources;
        IdBuffer ids = workspace.Ids.Ids;
        ids.Add(frame.Before, frame.Before.Length);
        ReadOnlySpan<char> source = WellFormedText.Is(text) ? text : WellFormedText.Of(text.ToString());
        _pipeline.Run(source, 0, encodeSpecialTokens: false, workspace.Arena, workspace.Ids);
        ids.Add(frame.Behind, frame.Behind.Length);
        return ids.Span;
    }
}
