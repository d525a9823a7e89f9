using System.Globalization;
using Gptx.Graphs.Foreign;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>What exporters let a graph ask for, and what is fed: ids, a mask of ones, positions, kinds of tokens, keys and values of earlier tokens.</summary>
internal sealed class ForeignInputs
{
    private const string Past = "past_key_values.";
    private const int Float = 1;
    private const int Int32 = 6;
    private const int Int64 = 7;
    private const int Boolean = 9;
    private const int Half = 10;

    private readonly IReadOnlyList<ForeignValue> _inputs;
    private readonly long _heads;
    private readonly long _headWidth;

    /// <summary>Checks that all inputs are such as can be fed; sizes that the graph leaves open are the config's.</summary>
    /// <exception cref="GptxException"><c>OnnxInputNotSupported</c>; <c>OnnxInvalid</c>: keys and values go in and do not come out.</exception>
    public ForeignInputs(ForeignModel model, int keyValueHeads, int headWidth, string path)
    {
        _inputs = model.Inputs;
        _heads = keyValueHeads;
        _headWidth = headWidth;
        if (_inputs.FirstOrDefault(input => !IsKnown(input)) is { } unknown)
        {
            var shape = unknown.Shape is null ? "of any shape" : $"[{string.Join(", ", unknown.Shape.Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "?"))}]";
            throw new GptxException(
                GptxErrorKind.ModelNotLoadable,
                "OnnxInputNotSupported",
                $"{path}: the graph wants '{unknown.Name}' ({ElementTypes.Name(unknown.ElementType)} {shape}): it may want input_ids, attention_mask, position_ids, token_type_ids, cache_position, logits_to_keep, use_cache_branch, and past_key_values.N.key and .value as [batch, heads, past, width] in Float32 or Float16");
        }

        PastNames = [.. _inputs.Select(input => input.Name).Where(name => name.StartsWith(Past, StringComparison.Ordinal))];
        PresentNames = [.. PastNames.Select(name => "present." + name[Past.Length..])];
        if (PresentNames.FirstOrDefault(name => model.Outputs.All(output => output.Name != name)) is { } missing)
        {
            throw ForeignModel.Invalid(path, $"the graph takes keys and values of earlier tokens and does not give '{missing}'");
        }
    }

    /// <summary>The inputs for keys and values of earlier tokens; none where the graph has no cache.</summary>
    public IReadOnlyList<string> PastNames { get; }

    /// <summary>The outputs with keys and values, in the same order.</summary>
    public IReadOnlyList<string> PresentNames { get; }

    /// <summary>The inputs of one run.</summary>
    /// <param name="ids">Token ids, [rows, width] with no padding.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="past">How many tokens came before.</param>
    /// <param name="kept">Their keys and values, in the order of <see cref="PastNames"/>; empty where there are none. They stay the caller's.</param>
    /// <param name="types">The text that each token belongs to, as many as ids; null: all belong to the first.</param>
    public ForeignFeed Feed(long[] ids, int rows, int past, IReadOnlyList<OrtValue> kept, long[]? types = null)
    {
        var width = ids.Length / rows;
        var feed = new ForeignFeed();
        foreach (var input in _inputs)
        {
            if (input.Name.StartsWith(Past, StringComparison.Ordinal))
            {
                if (kept.Count > 0)
                {
                    feed.Lend(input.Name, kept[PastNames.Index().First(name => name.Item == input.Name).Index]);
                }
                else
                {
                    feed.Give(input.Name, NoPast(input, rows));
                }

                continue;
            }

            feed.Give(input.Name, input.Name switch
            {
                "input_ids" => Integers(input, ids, [rows, width]),
                "attention_mask" => Integers(input, Ones(rows * (past + width)), [rows, past + width]),
                "position_ids" => Integers(input, [.. Enumerable.Range(0, rows * width).Select(index => (long)past + (index % width))], [rows, width]),
                "token_type_ids" => Integers(input, types ?? new long[rows * width], [rows, width]),
                "cache_position" => Integers(input, [.. Enumerable.Range(past, width).Select(position => (long)position)], [width]),
                "use_cache_branch" => OrtValue.CreateTensorValueFromMemory([past > 0], [1]),
                _ => Integers(input, [0], input.Shape is { Count: 1 } ? [1] : []),
            });
        }

        return feed;
    }

    private static bool IsKnown(ForeignValue input) => input switch
    {
        { Name: "input_ids" or "attention_mask" or "position_ids" or "token_type_ids" } => IsInteger(input) && input.Shape is null or { Count: 2 },
        { Name: "cache_position" } => IsInteger(input) && input.Shape is null or { Count: 1 },
        { Name: "logits_to_keep" or "num_logits_to_keep" } => IsInteger(input) && input.Shape is null or { Count: 0 or 1 },
        { Name: "use_cache_branch" } => input is { ElementType: Boolean, Shape: null or { Count: 1 } },
        { ElementType: Float or Half, Shape: [_, _, null or 0, _] } => input.Name.StartsWith(Past, StringComparison.Ordinal)
            && (input.Name.EndsWith(".key", StringComparison.Ordinal) || input.Name.EndsWith(".value", StringComparison.Ordinal)),
        _ => false,
    };

    private static bool IsInteger(ForeignValue input) => input.ElementType is Int32 or Int64;

    private static long[] Ones(int count)
    {
        var ones = new long[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static OrtValue Integers(ForeignValue input, long[] values, long[] shape) => input.ElementType == Int64
        ? OrtValue.CreateTensorValueFromMemory(values, shape)
        : OrtValue.CreateTensorValueFromMemory<int>([.. values.Select(value => (int)value)], shape);

    private OrtValue NoPast(ForeignValue input, int rows)
    {
        long[] shape = [rows, input.Shape![1] ?? _heads, 0, input.Shape[3] ?? _headWidth];
        return input.ElementType == Float
            ? OrtValue.CreateTensorValueFromMemory<float>([], shape)
            : OrtValue.CreateTensorValueFromMemory<Float16>([], shape);
    }
}
