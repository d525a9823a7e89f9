namespace Gptx.Onnx;

/// <summary>A batch of rows that grow token by token over kept keys and values.</summary>
internal interface IDecoding : IDisposable
{
    /// <summary>Runs one step: new tokens of every row, [rows, width] padded on the right, after <paramref name="lengths"/> counted with them.</summary>
    /// <returns>The logits after the last token of each row, [rows, vocabulary]; valid until the next step.</returns>
    ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation);

    /// <summary>Row i becomes what row <c>rows[i]</c> was: rows are dropped, repeated or put in another order.</summary>
    void Reorder(IReadOnlyList<int> rows, IReadOnlyList<int> lengths);
}
