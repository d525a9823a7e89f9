using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

/// <summary>The table and the queries of the reference data for search, generated as its README says.</summary>
internal sealed class GoldenTable
{
    private readonly ulong _seed;
    private readonly int _centres;
    private readonly float _noise;

    public GoldenTable(JsonElement root)
    {
        JsonElement generator = root.GetProperty("generator");
        _seed = generator.GetProperty("seed").GetUInt64();
        _centres = generator.GetProperty("centres").GetInt32();
        _noise = generator.GetProperty("noise").GetSingle();
        Width = generator.GetProperty("width").GetInt32();
        Rows = Generate(generator.GetProperty("rows").GetInt32());
        foreach (JsonElement special in root.GetProperty("special_rows").EnumerateArray())
        {
            Change(special);
        }

        Queries = [.. root.GetProperty("queries").EnumerateArray().Select(query => Query(query.GetProperty("query")))];
        Assert.Equal(root.GetProperty("sha256_of_rows").GetString(), Hash(Rows));
        Assert.Equal(root.GetProperty("sha256_of_queries").GetString(), Hash([.. Queries.SelectMany(query => query)]));
    }

    public int Width { get; }

    public float[] Rows { get; }

    public IReadOnlyList<float[]> Queries { get; }

    public VectorTable Table => VectorTable.FromMemory(Rows, Width);

    private float[] Generate(int count)
    {
        float[] rows = new float[count * Width];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Centre(i / Width % _centres, i % Width) + (_noise * Uniform(_seed, i));
        }

        return rows;
    }

    private void Change(JsonElement special)
    {
        string kind = special.GetProperty("kind").GetString()!;
        foreach (JsonElement row in special.GetProperty("rows").EnumerateArray())
        {
            float factor = kind switch { "copy" => 1, "zero" => 0, "scale" => special.GetProperty("factor").GetSingle(), _ => throw new NotSupportedException(kind) };
            int of = kind == "zero" ? 0 : special.GetProperty("of").GetInt32();
            float[] changed = Map(column => factor == 0 ? 0 : Row(of)[column] * factor);
            changed.CopyTo(Row(row.GetInt32()));
        }
    }

    private float[] Query(JsonElement query)
    {
        string kind = query.GetProperty("kind").GetString()!;
        int row = query.TryGetProperty("row", out JsonElement named) ? named.GetInt32() : 0;
        return kind switch
        {
            "generated" => Map(c => Drawn(query, c)),
            "centre plus 0.25 * generated" => Map(c => Centre(query.GetProperty("centre").GetInt32(), c) + (0.25f * Drawn(query, c))),
            "row" => Map(c => Row(row)[c]),
            "row plus 0.25 * generated (float32 product, float32 sum)" => Map(c => Row(row)[c] + (0.25f * Drawn(query, c))),
            "zero" => new float[Width],
            "minus row" => Map(c => -Row(row)[c]),
            "row times 2^70" => Map(c => Row(row)[c] * MathF.ScaleB(1, 70)),
            "row times 2^-80" => Map(c => Row(row)[c] * MathF.ScaleB(1, -80)),
            "ones" => Map(_ => 1),
            "unit vector" => Map(c => c == query.GetProperty("column").GetInt32() ? 1 : 0),
            "alternating +1 -1, +1 first" => Map(c => c % 2 == 0 ? 1 : -1),
            "rows a + b - c (float32, left to right)" => Three([.. query.GetProperty("rows").EnumerateArray().Select(r => r.GetInt32())]),
            _ => throw new NotSupportedException(kind),
        };
    }

    private float[] Three(int[] rows) => Map(c => Row(rows[0])[c] + Row(rows[1])[c] - Row(rows[2])[c]);

    private float[] Map(Func<int, float> number) => [.. Enumerable.Range(0, Width).Select(number)];

    private Span<float> Row(int row) => Rows.AsSpan(row * Width, Width);

    private float Centre(int centre, int column) => Uniform(_seed + 3, (centre * Width) + column);

    private static float Drawn(JsonElement query, int column) =>
        Uniform(query.GetProperty("seed").GetUInt64(), query.GetProperty("start").GetInt32() + column);

    private static float Uniform(ulong seed, int i)
    {
        ulong z = seed + (((ulong)i + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((z >> 40) * (1f / (1 << 23))) - 1;
    }

    private static string Hash(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
}
