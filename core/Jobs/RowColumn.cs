namespace Gptx.Jobs;

/// <summary>What a column of a job's rows holds.</summary>
public enum RowType
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A float64.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list of float32.</summary>
    Vector,

    /// <summary>A list of strings.</summary>
    Texts,

    /// <summary>A list of whole numbers.</summary>
    Integers,

    /// <summary>A list of records, such as the tokens of a text.</summary>
    Records,
}

/// <summary>A column of a job's rows; every value may also be null.</summary>
/// <param name="Name">Its name, as docs/output.md has it.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Items">Of <see cref="RowType.Records"/> the columns of a record.</param>
public sealed record RowColumn(string Name, RowType Type, IReadOnlyList<RowColumn>? Items = null)
{
    /// <summary>The column with which each row of a job begins.</summary>
    public static RowColumn RowId { get; } = new("rowId", RowType.Text);
}
