namespace Gptx.Inference;

/// <summary>Rows of token ids, padded on the right to the longest: a causal model never looks there, so padding changes nothing.</summary>
internal sealed class TokenBatch
{
    private const long Padding = 0;

    /// <summary>Lays rows of ids side by side; each row has at least one.</summary>
    public TokenBatch(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        Lengths = [.. rows.Select(row => row.Count)];
        Width = Lengths.Max();
        Ids = new long[rows.Count * Width];
        Positions = new long[rows.Count * Width];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var position = 0; position < Width; position++)
            {
                Ids[(row * Width) + position] = position < Lengths[row] ? rows[row][position] : Padding;
                Positions[(row * Width) + position] = Math.Min(position, Lengths[row] - 1);
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
}
