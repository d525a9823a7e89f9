using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>Turns a piece of text into tokens of the vocabulary.</summary>
internal interface ITokenizerModel
{
    /// <summary>Adds the tokens of a piece, in order, with places relative to the piece. Safe to call from several threads.</summary>
    /// <exception cref="GptxException">The piece holds something that the vocabulary has no token for, not even an unknown token.</exception>
    void Tokenize(ReadOnlySpan<char> piece, PieceTokens tokens);
}

/// <summary>A token of a piece: its id and its place [Start, End) in the piece, in UTF-16 units.</summary>
/// <param name="Id">The id.</param>
/// <param name="Start">The first unit.</param>
/// <param name="End">One past the last unit.</param>
/// <param name="IsSurface">Whether the token is shown as the text that it stands for and not by the id's name.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelToken(int Id, int Start, int End, bool IsSurface = false)
{
    /// <summary>The token of a piece that begins so far behind.</summary>
    public ModelToken Shifted(int by) => new(Id, Start + by, End + by, IsSurface);
}

/// <summary>The tokens of one piece, in memory that is used again for the next.</summary>
internal sealed class PieceTokens
{
    private const int MostKept = 1 << 16;

    private ModelToken[] _tokens = new ModelToken[64];

    public int Count { get; private set; }

    public Span<ModelToken> Span => _tokens.AsSpan(0, Count);

    public void Add(ModelToken token)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, 2 * Count);
        }

        _tokens[Count++] = token;
    }

    public void Clear()
    {
        Count = 0;
        if (_tokens.Length > MostKept)
        {
            _tokens = new ModelToken[64];
        }
    }
}
