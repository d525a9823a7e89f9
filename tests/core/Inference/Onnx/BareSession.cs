using Microsoft.ML.OnnxRuntime;

namespace Gptx.Tests.Inference;

/// <summary>An ONNX file as ONNX Runtime runs it by itself: default options, the file's own outputs.</summary>
internal sealed class BareSession(string path) : IDisposable
{
    private readonly InferenceSession _session = new(path);

    /// <summary>An output for rows of equal length, nothing before them.</summary>
    public float[] Run(IReadOnlyList<int[]> rows, string output, IReadOnlyList<int[]>? types = null)
    {
        var width = rows[0].Length;
        var values = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        foreach (var (name, info) in _session.InputMetadata)
        {
            values[name] = name switch
            {
                "input_ids" => Integers(rows, (row, column) => row[column]),
                "attention_mask" => Integers(rows, (_, _) => 1),
                "position_ids" => Integers(rows, (_, column) => column),
                "token_type_ids" => Integers(types ?? rows, (row, column) => types is null ? 0 : row[column]),
                _ => OrtValue.CreateTensorValueFromMemory<float>([], [rows.Count, info.Dimensions[1], 0, info.Dimensions[3] < 0 ? HeadWidth : info.Dimensions[3]]),
            };
        }

        using var options = new RunOptions();
        using var results = _session.Run(options, values, [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();

        OrtValue Integers(IReadOnlyList<int[]> from, Func<int[], int, long> value) => OrtValue.CreateTensorValueFromMemory<long>(
            [.. from.SelectMany(row => Enumerable.Range(0, width).Select(column => value(row, column)))], [from.Count, width]);
    }

    /// <summary>The width of a head where the graph leaves it open.</summary>
    public int HeadWidth { get; init; }

    public void Dispose() => _session.Dispose();
}
