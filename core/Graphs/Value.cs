namespace Gptx.Graphs;

/// <summary>
/// A tensor that flows through a <see cref="Graph"/>: one output of one operation. Values that belong to tokens have the shape
/// [batch, position, <see cref="Width"/>]; how they lie in memory while the graph runs is the lowering's business.
/// </summary>
/// <param name="Producer">The operation that makes it.</param>
/// <param name="Width">Its last dimension; for a weight the last dimension of its shape.</param>
/// <param name="Part">Which output of the producer, where it has several.</param>
public sealed record Value(Operation Producer, int Width, int Part = 0);
