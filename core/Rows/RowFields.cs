namespace Gptx.Rows;

/// <summary>Which fields of a row are read, in formats that have fields.</summary>
/// <param name="Text">The field that is the text; null (the default) takes <c>text</c>, the name that data sets use most.</param>
/// <param name="Id">The field that names the row; null (the default) names rows by where they stand.</param>
/// <param name="Keep">Fields that are carried over into the output.</param>
public sealed record RowFields(string? Text, string? Id, IReadOnlyList<string> Keep)
{
    /// <summary>Nothing asked for: the field <c>text</c> alone.</summary>
    public static RowFields Default { get; } = new(null, null, []);

    /// <summary>The name of the field that is the text.</summary>
    public string TextName => Text ?? "text";

    /// <summary>Whether rows must have fields, since some were asked for.</summary>
    public bool AreAsked => Text is not null || Id is not null || Keep.Count > 0;
}
