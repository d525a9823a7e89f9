namespace Gptx.Embeddings;

/// <summary>How a file of word vectors is written.</summary>
public enum WordVectorFormat
{
    /// <summary>word2vec binary: a line with words and width; then for each word its bytes, a space, float32 numbers and, as a rule, a line feed.</summary>
    Word2VecBinary,

    /// <summary>word2vec text: a line with words and width; then a line a word.</summary>
    Word2VecText,

    /// <summary>GloVe text: a line a word, and no line before.</summary>
    GloVe,
}
