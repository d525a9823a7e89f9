using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Rows;

/// <summary>The values of a Parquet column as JSON: whole numbers, floating-point numbers and truth values as they are, dates and times as text in ISO 8601, decimals as text.</summary>
internal static class ParquetValues
{
    private static readonly Dictionary<Type, (Type Becomes, Func<ParquetRowGroupReader, DataField, int, Func<int, JsonElement>> Read)> Readers = new()
    {
        [typeof(bool)] = (typeof(bool), Reader<bool>(value => Json(value, RowJsonContext.Default.Boolean))),
        [typeof(sbyte)] = (typeof(long), Reader<sbyte>(value => Whole(value))),
        [typeof(byte)] = (typeof(long), Reader<byte>(value => Whole(value))),
        [typeof(short)] = (typeof(long), Reader<short>(value => Whole(value))),
        [typeof(ushort)] = (typeof(long), Reader<ushort>(value => Whole(value))),
        [typeof(int)] = (typeof(long), Reader<int>(value => Whole(value))),
        [typeof(uint)] = (typeof(long), Reader<uint>(value => Whole(value))),
        [typeof(long)] = (typeof(long), Reader<long>(Whole)),
        [typeof(ulong)] = (typeof(string), Reader<ulong>(value => Text(value.ToString(CultureInfo.InvariantCulture)))),
        [typeof(float)] = (typeof(double), Reader<float>(value => float.IsFinite(value) ? Json(value, RowJsonContext.Default.Single) : Null)),
        [typeof(double)] = (typeof(double), Reader<double>(Real)),
        [typeof(decimal)] = (typeof(string), Reader<decimal>(value => Text(value.ToString(CultureInfo.InvariantCulture)))),
        [typeof(DateTime)] = (typeof(string), Reader<DateTime>(value => Text(value.ToString("O", CultureInfo.InvariantCulture)))),
        [typeof(DateOnly)] = (typeof(string), Reader<DateOnly>(value => Text(value.ToString("O", CultureInfo.InvariantCulture)))),
        [typeof(TimeOnly)] = (typeof(string), Reader<TimeOnly>(value => Text(value.ToString("O", CultureInfo.InvariantCulture)))),
        [typeof(TimeSpan)] = (typeof(string), Reader<TimeSpan>(value => Text(value.ToString("c", CultureInfo.InvariantCulture)))),
        [typeof(Guid)] = (typeof(string), Reader<Guid>(value => Text($"{value}"))),
    };

    private static JsonElement Null { get; } = Text(null);

    /// <summary>What the values of a column become: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>: the column's type is none that rows have.</exception>
    public static Type TypeOf(DataField column) => IsText(column) ? typeof(string) : ReaderOf(column).Becomes;

    /// <summary>All values of a row group, by their rows. JSON is made of a value when it is asked for.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>: the column's type is none that rows have.</exception>
    public static Func<int, JsonElement> Of(ParquetRowGroupReader group, DataField column, int count)
    {
        if (!IsText(column))
        {
            return ReaderOf(column).Read(group, column, count);
        }

        // The library puts U+FFFD where a string is no UTF-8.
        var texts = new string?[count];
        group.ReadAsync(column, texts.AsMemory()).AsTask().GetAwaiter().GetResult();
        return row => Text(texts[row]);
    }

    private static bool IsText(DataField column) => column.ClrType == typeof(ReadOnlyMemory<char>) || column.ClrType == typeof(string);

    private static (Type Becomes, Func<ParquetRowGroupReader, DataField, int, Func<int, JsonElement>> Read) ReaderOf(DataField column) =>
        Readers.TryGetValue(column.ClrType, out var reader) ? reader : throw new GptxException(
            GptxErrorKind.InvalidArgument, "FieldMissing", $"column '{column.Name}' holds {column.ClrType.Name}: it must hold strings, numbers, truth values, dates or times");

    private static Func<ParquetRowGroupReader, DataField, int, Func<int, JsonElement>> Reader<T>(Converter<T, JsonElement> json)
        where T : struct => (group, column, count) =>
    {
        if (column.IsNullable)
        {
            var values = new T?[count];
            group.ReadAsync(column, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return row => values[row] is { } there ? json(there) : Null;
        }

        var all = new T[count];
        group.ReadAsync(column, all.AsMemory()).AsTask().GetAwaiter().GetResult();
        return row => json(all[row]);
    };

    private static JsonElement Whole(long value) => Json(value, RowJsonContext.Default.Int64);

    // JSON has neither NaN nor infinities.
    private static JsonElement Real(double value) => double.IsFinite(value) ? Json(value, RowJsonContext.Default.Double) : Null;

    private static JsonElement Text(string? value) => Json(value!, RowJsonContext.Default.String);

    private static JsonElement Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);
}
