namespace Gptx.Embeddings;

/// <summary>Words and their vectors: the token embeddings of a model, or a file of word vectors.</summary>
public interface IWordTable
{
    /// <summary>The model's name, or the file's.</summary>
    string Name { get; }

    /// <summary>The vectors, row by row.</summary>
    VectorTable Vectors { get; }

    /// <summary>The vector of a word.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c>; <c>WordUnknown</c> in a file that does not have it.</exception>
    TokenVector OfWord(string word, int index = 0);

    /// <summary>What stands at a row: a token as it is, or a word.</summary>
    string RowText(int row);

    /// <summary>The rows that are words, in their order: of a model the tokens that begin one.</summary>
    IEnumerable<int> WordRows { get; }
}
