namespace Gptx.PowerShell;

/// <summary>One inner value of the forward pass over one text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Name">The activation's name, for example blocks.0.attn.pattern.</param>
/// <param name="Block">Which block, from 0; null for what belongs to none.</param>
/// <param name="Shape">Its dimensions, outermost first: [position, ...], or [head, query, key].</param>
/// <param name="Tokens">The texts of the tokens.</param>
/// <param name="Values">Its numbers, row-major: as many as the product of the dimensions.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextActivation(
    string Text, int Index, string Name, int? Block, int[] Shape, IReadOnlyList<string> Tokens, float[] Values, string Model);
