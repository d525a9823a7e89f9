using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parquet;
using Parquet.Schema;

namespace Gptx.Rows;

/// <summary>The values of a Parquet column as JSON, so that fields that are carried over keep their type.</summary>
internal static class ParquetValues
{
    /// <summary>All values of a row group.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>: the column's type is none that rows have.</exception>
    public static JsonElement[] Of(ParquetRowGroupReader group, DataField column, int count)
    {
        if (column.ClrType == typeof(ReadOnlyMemory<char>) || column.ClrType == typeof(string))
        {
            var texts = new string?[count];
            group.ReadAsync(column, texts.AsMemory()).AsTask().GetAwaiter().GetResult();
            return Array.ConvertAll(texts, text => JsonSerializer.SerializeToElement(text, RowJsonContext.Default.String!));
        }

        return column.ClrType == typeof(long) ? Of(group, column, count, RowJsonContext.Default.Int64)
            : column.ClrType == typeof(int) ? Of(group, column, count, RowJsonContext.Default.Int32)
            : column.ClrType == typeof(double) ? Of(group, column, count, RowJsonContext.Default.Double)
            : column.ClrType == typeof(float) ? Of(group, column, count, RowJsonContext.Default.Single)
            : column.ClrType == typeof(bool) ? Of(group, column, count, RowJsonContext.Default.Boolean)
            : throw new GptxException(
                GptxErrorKind.InvalidArgument, "FieldMissing", $"column '{column.Name}' holds {column.ClrType.Name}: it must hold strings, whole numbers, floating-point numbers or truth values");
    }

    private static JsonElement[] Of<T>(ParquetRowGroupReader group, DataField column, int count, JsonTypeInfo<T> type)
        where T : struct
    {
        if (column.IsNullable)
        {
            var values = new T?[count];
            group.ReadAsync(column, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return Array.ConvertAll(values, value => value is { } there ? JsonSerializer.SerializeToElement(there, type) : Null);
        }

        var all = new T[count];
        group.ReadAsync(column, all.AsMemory()).AsTask().GetAwaiter().GetResult();
        return Array.ConvertAll(all, value => JsonSerializer.SerializeToElement(value, type));
    }

    private static JsonElement Null { get; } = JsonSerializer.SerializeToElement(null, RowJsonContext.Default.String!);
}
