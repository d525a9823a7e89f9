using Gptx.Graphs;

namespace Gptx.Inference;

/// <summary>Rows of token ids, padded on the right to the longest: a causal model never looks there, an encoder is told which tokens are real.</summary>
internal sealed class TokenBatch
{
    private const long Padding = 0;

    /// <summary>Lays rows of ids side by side; each row has at least one.</summary>
    public TokenBatch(IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<int>>? tokenTypes = null)
    {
        Lengths = [.. rows.Select(row => row.Count)];
        Width = Lengths.Max();
        Ids = new long[rows.Count * Width];
        Positions = new long[rows.Count * Width];
        RealTokens = new long[rows.Count * Width];
        TokenTypes = new long[rows.Count * Width];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var position = 0; position < Width; position++)
            {
                Ids[(row * Width) + position] = position < Lengths[row] ? rows[row][position] : Padding;
                Positions[(row * Width) + position] = Math.Min(position, Lengths[row] - 1);
                RealTokens[(row * Width) + position] = position < Lengths[row] ? 1 : 0;
                TokenTypes[(row * Width) + position] = position < Lengths[row] && tokenTypes is not null ? tokenTypes[row][position] : 0;
            }
        }
    }

    /// <summary>Number of tokens of each row.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Number of tokens of the longest row.</summary>
    public int Width { get; }

    /// <summary>Token ids, [batch, position].</summary>
    public long[] Ids { get; }

    /// <summary>Positions, [batch, position].</summary>
    public long[] Positions { get; }

    /// <summary>1 for a token, 0 for padding, [batch, position].</summary>
    public long[] RealTokens { get; }

    /// <summary>To which text a token belongs, [batch, position].</summary>
    public long[] TokenTypes { get; }

    /// <summary>What an input of a graph is given, by the input's name.</summary>
    public long[] this[string input] => input switch
    {
        Graph.PositionIds => Positions,
        Graph.AttentionMask => RealTokens,
        Graph.TokenTypeIds => TokenTypes,
        _ => Ids,
    };
}
