namespace Gptx.Conversion;

/// <summary>What a conversion wrote.</summary>
/// <param name="Model">The model that was converted.</param>
/// <param name="Path">The folder or file that was written.</param>
/// <param name="Format">Its format.</param>
/// <param name="StoredAs">The types of its weights.</param>
/// <param name="Tensors">Number of tensors.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="Files">The files, relative to the folder.</param>
/// <param name="Notes">What a person should know; empty as a rule.</param>
public sealed record ConversionReport(
    string Model, string Path, ModelFormat Format, IReadOnlyList<string> StoredAs, int Tensors, long Bytes, IReadOnlyList<string> Files, IReadOnlyList<string> Notes)
{
    /// <summary>Where it was written.</summary>
    public override string ToString() => Path;
}
