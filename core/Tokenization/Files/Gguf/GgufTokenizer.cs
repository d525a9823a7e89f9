namespace Gptx.Tokenization;

/// <summary>
/// A tokenizer that a GGUF file carries among its metadata, the entries <c>tokenizer.ggml.*</c>, and what else they say. Meant as
/// llama.cpp means them.
/// </summary>
public sealed record GgufTokenizer
{
    /// <summary>The tokenizer.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>Its kind as the file names it: <c>llama</c> (BPE by scores), <c>gpt2</c> (BPE by merges), <c>bert</c> (WordPiece) or <c>t5</c> (Unigram).</summary>
    public required string Model { get; init; }

    /// <summary>How the text is split before BPE, for example <c>llama-bpe</c>; null where the file does not say.</summary>
    public string? PreTokenizer { get; init; }

    /// <summary>The id of the token that begins a text (BERT: <c>[CLS]</c>); null where there is none.</summary>
    public int? BeginOfTextId { get; init; }

    /// <summary>The id of the token that ends a text (BERT: <c>[SEP]</c>); null where there is none.</summary>
    public int? EndOfTextId { get; init; }

    /// <summary>The id of the token that ends a turn of a chat; null where the file names none.</summary>
    public int? EndOfTurnId { get; init; }

    /// <summary>The id that stands for what the vocabulary lacks; null where there is none.</summary>
    public int? UnknownId { get; init; }

    /// <summary>The id that fills up short rows of a batch; null where the file names none.</summary>
    public int? PaddingId { get; init; }

    /// <summary>Whether encoding puts <see cref="BeginOfTextId"/> before a text.</summary>
    public bool AddsBeginOfText { get; init; }

    /// <summary>Whether encoding puts <see cref="EndOfTextId"/> behind a text.</summary>
    public bool AddsEndOfText { get; init; }

    /// <summary>The chat template, <c>tokenizer.chat_template</c>; null without one.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Other chat templates by name, <c>tokenizer.chat_template.NAME</c>; for example <c>tool_use</c>.</summary>
    public IReadOnlyDictionary<string, string> NamedChatTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a tokenizer out of a GGUF file's metadata.</summary>
    /// <param name="metadata">
    /// Keys and values. A value is a string, a bool, a whole number or a floating-point number of any width, or an array or list of one of these;
    /// entries that do not begin with <c>tokenizer.</c> are not looked at.
    /// </param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="GptxException">
    /// <c>TokenizerNotFound</c> (no <c>tokenizer.ggml.model</c>), <c>TokenizerUnreadable</c> (an entry is missing or wrong) or
    /// <c>TokenizerNotSupported</c> (a model or a way of splitting that is not known).
    /// </exception>
    public static GgufTokenizer Read(IReadOnlyDictionary<string, object> metadata, string name = "GGUF")
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new GgufTokenizerReader(new GgufEntries(metadata, name)).Read();
    }
}
