using Gptx.Activations;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>
/// All that is done to one activation: value * keep + add, [rows, positions, heads, head width], where rows and positions are 1 if all are treated
/// alike. An activation without heads counts as one head.
/// </summary>
internal sealed class SiteChange
{
    private readonly NamedValue _site;
    private readonly int _heads;
    private readonly int _headWidth;
    private readonly int _rows;
    private readonly int _width;
    private readonly IReadOnlyList<int> _lengths;
    private readonly float[] _keep;
    private readonly float[] _add;

    private SiteChange(NamedValue site, bool byRow, bool byPosition, IReadOnlyList<int> lengths)
    {
        _site = site;
        _lengths = lengths;
        _heads = Math.Max(1, site.Heads);
        _headWidth = site.Value.Width / _heads;
        _rows = byRow ? lengths.Count : 1;
        _width = byPosition ? lengths.Max() : 1;
        _keep = new float[_rows * _width * _heads];
        _add = new float[_keep.Length * _headWidth];
        Array.Fill(_keep, 1);
    }

    /// <summary>The activation's name.</summary>
    public string Name => _site.Name;

    /// <summary>What the graph is fed.</summary>
    public IReadOnlyList<OnnxInput> Inputs =>
    [
        new(InterventionLowering.Keep(Name), [_rows, _width, _heads, 1], _keep),
        new(InterventionLowering.Add(Name), [_rows, _width, _heads, _headWidth], _add),
    ];

    /// <summary>Interventions at one activation, one after the other.</summary>
    public static SiteChange Of(NamedValue site, IReadOnlyList<Intervention> interventions, IReadOnlyList<int> lengths)
    {
        var heads = Math.Max(1, site.Heads);
        var byPosition = interventions.Any(one => one.Positions is not null || one.Values.Length > site.Value.Width / (one.Head is null ? 1 : heads));
        var change = new SiteChange(site, byPosition || interventions.Any(one => one.Row is not null), byPosition, lengths);
        foreach (var intervention in interventions)
        {
            change.Apply(intervention);
        }

        return change;
    }

    private void Apply(Intervention intervention)
    {
        Check(intervention);
        IEnumerable<int> rows = intervention.Row is { } one && _rows > 1 ? [one] : Enumerable.Range(0, _rows);
        foreach (var row in rows)
        {
            // Padding is treated like the positions before it; nobody sees what comes of it.
            IReadOnlyList<int> positions = _width == 1 ? [0] : intervention.Positions ?? [.. Enumerable.Range(0, _lengths[row])];
            foreach (var (index, position) in positions.Index())
            {
                CheckPosition(intervention, position, row);
                ApplyAt(intervention, (row * _width) + position, Part(intervention, index, positions.Count));
            }
        }
    }

    /// <summary>The numbers for one of the positions: of one vector always that one.</summary>
    private ReadOnlySpan<float> Part(Intervention intervention, int index, int positions)
    {
        var values = intervention.Values.Span;
        var width = intervention.Kind == InterventionKind.Scale ? 1 : _headWidth * (intervention.Head is null ? _heads : 1);
        return values.Length == width ? values
            : values.Length == width * positions ? values.Slice(index * width, width)
            : throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "WidthMismatch",
                $"{values.Length} numbers were to be put in at '{Name}'{(intervention.Head is { } head ? $", head {head}" : "")}: it takes {width}, or {width} for each of {positions} positions");
    }

    private void ApplyAt(Intervention intervention, int place, ReadOnlySpan<float> part)
    {
        var (first, last) = intervention.Head is { } head ? (head, head + 1) : (0, _heads);
        for (var at = first; at < last; at++)
        {
            var cell = (place * _heads) + at;
            var add = _add.AsSpan(cell * _headWidth, _headWidth);
            if (intervention.Kind == InterventionKind.Scale)
            {
                _keep[cell] *= part[0];
                System.Numerics.Tensors.TensorPrimitives.Multiply(add, part[0], add);
                continue;
            }

            var values = part.Slice((at - first) * _headWidth, _headWidth);
            if (intervention.Kind == InterventionKind.Set)
            {
                _keep[cell] = 0;
                values.CopyTo(add);
            }
            else
            {
                System.Numerics.Tensors.TensorPrimitives.Add(add, values, add);
            }
        }
    }

    private void Check(Intervention intervention)
    {
        if (intervention.Head is { } head && (head < 0 || head >= _site.Heads))
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "HeadOutOfRange",
                _site.Heads == 0 ? $"'{Name}' has no heads: it is one value for all" : $"head {head} does not exist: '{Name}' has heads 0 to {_site.Heads - 1}");
        }

        if (intervention.Row is { } row && (row < 0 || row >= _lengths.Count))
        {
            throw InterventionFeed.Invalid($"row {row} does not exist: the batch has rows 0 to {_lengths.Count - 1}");
        }

        foreach (var value in intervention.Values.Span)
        {
            if (!float.IsFinite(value))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "VectorNotFinite", $"what was to be put in at '{Name}' has a number that is NaN or infinite");
            }
        }
    }

    private void CheckPosition(Intervention intervention, int position, int row)
    {
        if (intervention.Positions is not null && (position < 0 || position >= _lengths[row]))
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "PositionOutOfRange", $"position {position} does not exist: the text has positions 0 to {_lengths[row] - 1}");
        }
    }
}
