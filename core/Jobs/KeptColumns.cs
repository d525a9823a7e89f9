using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>What the columns of fields hold that are carried over: of Parquet what they held there, else strings, since other formats do not say it ahead.</summary>
internal static class KeptColumns
{
    /// <summary>The columns, in the order in which the fields were asked for.</summary>
    public static IReadOnlyList<RowColumn> Of(TextJobOptions options)
    {
        var keep = options.Fields.Keep;
        if (keep.Count == 0 || options.Sources.Any(source => source is not { Format: RowFormat.Parquet, Path: not null }))
        {
            return [.. keep.Select(name => new RowColumn(name, RowType.Text))];
        }

        // Files of one job may differ: what they do not agree on are strings.
        RowType[][] types = [.. options.Sources.Select(source => ParquetRowReader.TypesOf(source, keep).Select(TypeOf).ToArray())];
        return [.. keep.Select((name, place) => new RowColumn(name, types.All(of => of[place] == types[0][place]) ? types[0][place] : RowType.Text))];
    }

    private static RowType TypeOf(Type type) => type == typeof(long) ? RowType.Integer
        : type == typeof(double) ? RowType.Real
        : type == typeof(bool) ? RowType.Boolean
        : RowType.Text;
}
