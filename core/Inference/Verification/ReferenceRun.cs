using Gptx.Checkpoints;

namespace Gptx.Inference.Verification;

/// <summary>The inputs of one reference run: rows of ids, and where in the padded row each begins.</summary>
/// <param name="Name">The run's name, for example <c>padded</c>.</param>
/// <param name="Rows">The real tokens of each row.</param>
/// <param name="TokenTypes">The text of each of these tokens; null where the run has no such input.</param>
/// <param name="Starts">How many padded positions stand before them.</param>
/// <param name="Width">Positions of a padded row.</param>
internal sealed record ReferenceRun(string Name, IReadOnlyList<IReadOnlyList<int>> Rows, IReadOnlyList<IReadOnlyList<int>>? TokenTypes, IReadOnlyList<int> Starts, int Width)
{
    private const string IdsSuffix = ".input_ids";
    private const string MaskSuffix = ".attention_mask";
    private const string TypesSuffix = ".token_type_ids";

    /// <summary>The runs that a golden file holds.</summary>
    public static IReadOnlyList<ReferenceRun> All(SafetensorsFile golden) =>
        [.. golden.Tensors.Values.Where(tensor => tensor.Name.EndsWith(IdsSuffix, StringComparison.Ordinal)).Select(tensor => Read(golden, tensor))];

    /// <summary>Whether a tensor is an input of a run rather than something to compare.</summary>
    public static bool IsInput(string name) =>
        name.EndsWith(IdsSuffix, StringComparison.Ordinal) || name.EndsWith(MaskSuffix, StringComparison.Ordinal)
        || name.EndsWith(".position_ids", StringComparison.Ordinal) || name.EndsWith(TypesSuffix, StringComparison.Ordinal);

    private static ReferenceRun Read(SafetensorsFile golden, CheckpointTensor ids)
    {
        var name = ids.Name[..^IdsSuffix.Length];
        if (ids.Shape.Count != 2)
        {
            throw GoldenError.Invalid($"{golden.Path}: '{ids.Name}' has {ids.Shape.Count} dimensions: it must be [row, position]");
        }

        var (rows, width) = ((int)ids.Shape[0], (int)ids.Shape[1]);
        var values = ids.ReadInt64s();
        var mask = golden.TryGetTensor(name + MaskSuffix, out var tensor) ? tensor.ReadInt64s() : [.. Enumerable.Repeat(1L, values.Length)];
        if (mask.Length != values.Length)
        {
            throw GoldenError.Invalid($"{golden.Path}: '{name}{MaskSuffix}' has {mask.Length} numbers: it must have {values.Length}, one for each id");
        }

        var typeValues = golden.TryGetTensor(name + TypesSuffix, out var kinds) ? kinds.ReadInt64s() : null;
        if (typeValues is not null && typeValues.Length != values.Length)
        {
            throw GoldenError.Invalid($"{golden.Path}: '{name}{TypesSuffix}' has {typeValues.Length} numbers: it must have {values.Length}, one for each id");
        }

        var starts = new int[rows];
        var texts = new List<IReadOnlyList<int>>();
        var types = new List<IReadOnlyList<int>>();
        for (var row = 0; row < rows; row++)
        {
            int[] real = [.. Enumerable.Range(0, width).Where(position => mask[(row * width) + position] != 0)];
            if (real.Length == 0)
            {
                throw GoldenError.Invalid($"{golden.Path}: row {row} of '{ids.Name}' has no token");
            }

            starts[row] = real[0];
            texts.Add([.. real.Select(position => ToId(golden, values[(row * width) + position]))]);
            types.Add([.. real.Select(position => typeValues is null ? 0 : ToId(golden, typeValues[(row * width) + position]))]);
        }

        return new ReferenceRun(name, texts, typeValues is null ? null : types, starts, width);
    }

    private static int ToId(SafetensorsFile golden, long id) =>
        id is >= 0 and <= int.MaxValue ? (int)id : throw GoldenError.Invalid($"{golden.Path}: {id} is not a token id");
}
