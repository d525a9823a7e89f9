using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>The token embeddings of a model: one vector a token, read from the checkpoint where they lie.</summary>
public sealed class EmbeddingTable : IWordTable
{
    private readonly LanguageModel _model;

    /// <summary>The table of a model; valid as long as the model is open.</summary>
    public EmbeddingTable(LanguageModel model)
    {
        _model = model;
        Vectors = new TensorTable(model.TokenEmbeddingTensor);
    }

    /// <summary>The vectors, row by row: row i belongs to token i.</summary>
    public VectorTable Vectors { get; }

    /// <inheritdoc/>
    public string Name => _model.Name;

    /// <inheritdoc/>
    public IEnumerable<int> WordRows => _model.Tokenizer is { } tokenizer
        ? Enumerable.Range(0, Vectors.Count).Where(tokenizer.Vocabulary.BeginsWord)
        : Enumerable.Range(0, Vectors.Count);

    /// <inheritdoc/>
    public string RowText(int row) => _model.TokenText(row).TrimStart(' ');

    /// <summary>The learned position embeddings, row by row; null where the model has none.</summary>
    public static VectorTable? Positions(LanguageModel model) => model.PositionEmbeddingTensor is { } tensor
        ? new TensorTable(tensor, model.FirstPositionRow)
        : null;

    /// <summary>The vector of one token.</summary>
    /// <exception cref="GptxException"><c>TokenIdUnknown</c>.</exception>
    public TokenVector OfToken(int id, string? text = null, int index = 0)
    {
        TokenCheck.Ids([id], _model.Shape);
        var token = _model.TokenText(id);
        return new TokenVector(text ?? token, index, [token], [id], Vectors.CopyRow(id), _model.Name);
    }

    /// <summary>The vectors of the tokens of a text, token by token, as it stands.</summary>
    public IReadOnlyList<TokenVector> OfTokens(TokenSequence text, int index = 0) => [.. text.Ids.Select(id => OfToken(id, text.Label, index))];

    /// <summary>
    /// The vector of a word as it stands in running text, with the space before it; of a word of several tokens their mean.
    /// A word that begins with a space is taken as it is.
    /// </summary>
    /// <exception cref="GptxException"><c>TextEmpty</c>; <c>TokenizerMissing</c>.</exception>
    public TokenVector OfWord(string word, int index = 0)
    {
        if (string.IsNullOrWhiteSpace(word))
        {
            throw TokenCheck.Empty();
        }

        var inText = char.IsWhiteSpace(word[0]) ? word : " " + word;
        var tokens = _model.RequireTokenizer().EncodeToTokens(inText, addSpecialTokens: false);
        int[] ids = [.. tokens.Select(token => token.Id)];
        TokenCheck.Ids(ids, _model.Shape);
        var vector = VectorArithmetic.Mean([.. ids.Select(Vectors.CopyRow)]);
        return new TokenVector(word, index, [.. tokens.Select(token => token.Text)], ids, vector, _model.Name);
    }
}
