using System.Globalization;
using System.Text;
using System.Text.Json;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Html;

/// <summary>What pointing tells, as JSON that can stand inside of a script element: the encoder escapes &lt;, &gt; and &amp;.</summary>
internal static class HoverJson
{
    public static string Write(HoverData hover)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("grids");
            hover.Grids.ForEach(grid => Write(json, grid));
            json.WriteEndArray();
            json.WriteStartArray("marks");
            hover.Marks.ForEach(mark => Write(json, mark));
            json.WriteEndArray();
            json.WriteStartArray("clouds");
            hover.Clouds.ForEach(cloud => Write(json, cloud));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, HoverGrid grid)
    {
        json.WriteStartObject();
        Place(json, grid.Place);
        json.WriteString("title", VisibleText.OneLine(grid.Map.Title ?? ""));
        json.WriteString("value", VisibleText.OneLine(grid.Map.Scale.Label));
        json.WriteString("row", grid.Map.RowTitle ?? "row");
        json.WriteString("column", grid.Map.ColumnTitle ?? "column");
        Texts(json, "rows", grid.Map.RowLabels);
        Texts(json, "columns", grid.Map.ColumnLabels);
        json.WriteStartArray("size");
        json.WriteNumberValue(grid.Map.Rows);
        json.WriteNumberValue(grid.Map.ColumnCount);
        json.WriteEndArray();
        Values(json, grid.Map);
        if (grid.Map.CellTexts is { } texts)
        {
            json.WriteStartArray("texts");
            foreach (var row in texts)
            {
                json.WriteStartArray();
                row.ToList().ForEach(text => json.WriteStringValue(VisibleText.OneLine(text)));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Blanks at the end of a row, as in half of every causal attention map, are left out.
    private static void Values(Utf8JsonWriter json, Heatmap map)
    {
        json.WriteStartArray("values");
        foreach (var row in map.Values)
        {
            json.WriteStartArray();
            foreach (var value in row.Take(row.Index().LastOrDefault(cell => float.IsFinite(cell.Item), (Index: -1, 0)).Index + 1))
            {
                Number(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, HoverMark mark)
    {
        json.WriteStartObject();
        Place(json, mark.Place);
        json.WriteString("text", mark.Text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HoverCloud cloud)
    {
        json.WriteStartObject();
        Place(json, cloud.Place);
        Number(json, "scale", cloud.Scale);
        Number(json, "azimuth", cloud.Azimuth);
        Number(json, "elevation", cloud.Elevation);
        Texts(json, "names", cloud.Names);
        json.WriteStartArray("points");
        foreach (var point in cloud.Points)
        {
            json.WriteStartArray();
            Number(json, point.X);
            Number(json, point.Y);
            Number(json, point.Z);
            json.WriteNumberValue(point.Group ?? 0);
            json.WriteStringValue(VisibleText.OneLine(point.Label ?? ""));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, Box box)
    {
        json.WriteStartArray("place");
        foreach (var side in new[] { box.X, box.Y, box.Width, box.Height })
        {
            Number(json, side);
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts ?? [])
        {
            json.WriteStringValue(VisibleText.OneLine(text));
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    // Four significant digits are what a reader is shown.
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteRawValue(value == 0 ? "0" : value.ToString("0.####E0", CultureInfo.InvariantCulture) is var text && Math.Abs(value) is >= 1e-3 and < 1e5
                ? Math.Round(value, Math.Clamp(4 - (int)Math.Ceiling(Math.Log10(Math.Abs(value))), 0, 8)).ToString("0.########", CultureInfo.InvariantCulture)
                : text);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
