using System.Runtime.InteropServices;
using Gptx.Activations;
using Gptx.Architectures;

namespace Gptx.Inference.Comparison;

/// <summary>A part of a text that is run at once.</summary>
/// <param name="Start">Its first token.</param>
/// <param name="Length">How many there are.</param>
/// <param name="FirstNew">The first of them that no stretch before has counted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ComparedStretch(int Start, int Length, int FirstNew);

/// <summary>Two models side by side, run over the same tokens.</summary>
internal sealed class ComparedPair
{
    private readonly LanguageModel _a;
    private readonly LanguageModel _b;
    private readonly ActivationSelection _wanted;
    private readonly bool _hasDistribution;
    private readonly bool _hasStates;
    private double[] _room = [];

    public ComparedPair(LanguageModel a, LanguageModel b)
    {
        (_a, _b) = (a, b);
        _hasDistribution = ComparableModels.HasDistribution(a) && ComparableModels.HasDistribution(b);
        _hasStates = ComparableModels.HaveStates(a, b);
        _wanted = new ActivationSelection([.. _hasDistribution ? [ActivationName.Logits] : (string[])[], .. _hasStates ? [ActivationName.FinalNorm] : (string[])[]]);
    }

    /// <summary>Runs both over a stretch and adds what is new.</summary>
    public void Run(int[] ids, ComparedStretch stretch, ComparisonTally tally, CancellationToken cancellation)
    {
        var part = ids[stretch.Start..(stretch.Start + stretch.Length)];
        using var fromA = _a.Run([part], _wanted, cancellation);
        using var fromB = _b.Run([part], _wanted, cancellation);
        if (_hasDistribution)
        {
            Distributions(fromA.Row(ActivationName.Logits, 0), fromB.Row(ActivationName.Logits, 0), ids, stretch, tally);
        }

        if (_hasStates)
        {
            States(fromA.Row(ActivationName.FinalNorm, 0), fromB.Row(ActivationName.FinalNorm, 0), stretch, tally);
        }
    }

    private void Distributions(Activation a, Activation b, int[] ids, ComparedStretch stretch, ComparisonTally tally)
    {
        var entries = a.Shape[^1];
        _room = _room.Length == entries ? _room : new double[entries];
        var ofText = a.Shape.Count == 1; // classes of a whole text
        for (var position = ofText ? 0 : stretch.FirstNew; position < (ofText ? 1 : stretch.Length); position++)
        {
            var rowA = a.Values.Span.Slice(position * entries, entries);
            var rowB = b.Values.Span.Slice(position * entries, entries);
            var difference = DistributionDifference.Of(rowA, rowB, _room);
            tally.Add(difference);
            if (_a.MadeFor == ModelTask.NextToken && stretch.Start + position + 1 < ids.Length)
            {
                var next = ids[stretch.Start + position + 1];
                tally.AddSurprisal(difference.LogSumA - rowA[next], difference.LogSumB - rowB[next]);
            }
        }
    }

    private static void States(Activation a, Activation b, ComparedStretch stretch, ComparisonTally tally)
    {
        var width = a.Shape[^1];
        for (var position = stretch.FirstNew; position < stretch.Length; position++)
        {
            tally.AddCosine(Cosine(a.Values.Span.Slice(position * width, width), b.Values.Span.Slice(position * width, width)));
        }
    }

    /// <summary>In float64: near models differ in the seventh digit.</summary>
    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, lengthA = 0, lengthB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            lengthA += (double)a[i] * a[i];
            lengthB += (double)b[i] * b[i];
        }

        return lengthA == 0 || lengthB == 0 ? (lengthA == lengthB ? 1 : 0) : product / Math.Sqrt(lengthA * lengthB);
    }
}
