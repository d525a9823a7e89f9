namespace Gptx.Tokenization.Training;

/// <summary>The kinds of model that a trained tokenizer can have.</summary>
public enum TokenizerModelKind
{
    /// <summary>Byte-pair encoding: a vocabulary, and merges in the order in which they were learnt.</summary>
    Bpe,

    /// <summary>WordPiece: a vocabulary alone; the longest piece wins. Its vocabulary is learnt as BPE's is.</summary>
    WordPiece,
}
