namespace Gptx.PowerShell;

/// <summary>The learned embedding of a position.</summary>
/// <param name="Text">The position as text: what names the vector in a search.</param>
/// <param name="Position">The position, from 0.</param>
/// <param name="Vector">The numbers, as wide as the model.</param>
/// <param name="Model">The model's name.</param>
public sealed record PositionVector(string Text, int Position, float[] Vector, string Model);
