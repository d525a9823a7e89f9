namespace Gptx.Checkpoints;

/// <summary>Matrices of one form that read the same x, one below the other: their products are one.</summary>
internal sealed class JoinedMatrix : QuantizedMatrix
{
    private readonly IReadOnlyList<QuantizedMatrix> _parts;

    private JoinedMatrix(IReadOnlyList<QuantizedMatrix> parts)
        : base(parts.Sum(part => part.Rows), parts[0].Columns, parts[0].Form) => _parts = parts;

    /// <summary>The matrices as one; null where one is not quantized or they differ in form or width.</summary>
    public static QuantizedMatrix? Of(IReadOnlyList<QuantizedMatrix?> parts) => parts switch
    {
        [null, ..] => null,
        [{ } only] => only,
        [{ } first, ..] when parts.All(part => part is not null && part.Form == first.Form && part.Columns == first.Columns) => new JoinedMatrix([.. parts.OfType<QuantizedMatrix>()]),
        _ => null,
    };

    /// <inheritdoc/>
    public override void Read(long first, int count, BlockRow into)
    {
        var read = 0;
        long start = 0;
        foreach (var part in _parts)
        {
            var from = Math.Max(first + read, start);
            var here = (int)Math.Min(count - read, start + part.Rows - from);
            if (here > 0)
            {
                part.Read(from - start, here, into.Slice(read * Blocks, here * Blocks));
                read += here;
            }

            start += part.Rows;
        }
    }
}
