namespace Gptx.Analyses;

/// <summary>How far texts have moved away from others.</summary>
/// <param name="Reference">What they are compared with.</param>
/// <param name="Difference">What is compared.</param>
/// <param name="ReferenceRows">How many rows the reference has.</param>
/// <param name="DifferenceRows">How many rows the other side has.</param>
/// <param name="ReferenceSample">How many of them were looked at.</param>
/// <param name="DifferenceSample">How many of those.</param>
/// <param name="Energy">The energy distance, 2 E|X - Y| - E|X - X'| - E|Y - Y'|, in the unit of the vectors.</param>
/// <param name="Effect">The energy distance over 2 E|X - Y|, 0 to 1: how much of the distance between the sides is drift (the coefficient of inhomogeneity; Szekely and Rizzo 2013).</param>
/// <param name="PValue">The share of dealings of all rows into two sides that are at least as far apart: (1 + k) / (1 + permutations).</param>
/// <param name="Permutations">How many dealings.</param>
/// <param name="Seed">The seed of sample, dealings and groups.</param>
/// <param name="Groups">Groups of the rows of both sides, the one whose share changed most first.</param>
public sealed record TextDrift(
    string Reference,
    string Difference,
    long ReferenceRows,
    long DifferenceRows,
    int ReferenceSample,
    int DifferenceSample,
    double Energy,
    double Effect,
    double PValue,
    int Permutations,
    ulong Seed,
    IReadOnlyList<DriftGroup> Groups)
{
    /// <summary>The rows that were looked at, laid out by their first two principal components: of the reference first.</summary>
    public IReadOnlyList<DriftPoint> Points { get; init; } = [];

    /// <summary>The p value and the effect.</summary>
    public override string ToString() => $"p = {PValue:0.####}, effect {Effect:0.0000}";
}

/// <summary>A group of rows of both sides.</summary>
/// <param name="Group">Its number, from 0; the largest first.</param>
/// <param name="ReferenceShare">Which part of the reference is in it, 0 to 1.</param>
/// <param name="DifferenceShare">Which part of the other side.</param>
/// <param name="RowIds">The rows that stand for it: of the side that has more of it, those nearest to its centre.</param>
/// <param name="Texts">Their texts; null where files have none.</param>
public sealed record DriftGroup(int Group, double ReferenceShare, double DifferenceShare, IReadOnlyList<object> RowIds, IReadOnlyList<string?> Texts)
{
    /// <summary>By how much its share grew; below zero it shrank.</summary>
    public double Change => DifferenceShare - ReferenceShare;

    /// <summary>What stands for it.</summary>
    public override string ToString() => string.Join(", ", Texts.Select((text, place) => text ?? $"{RowIds[place]}"));
}

/// <summary>A row in the plane of the first two principal components.</summary>
/// <param name="X">The first.</param>
/// <param name="Y">The second.</param>
/// <param name="IsReference">Whether it is of the reference.</param>
/// <param name="Label">What it is.</param>
public readonly record struct DriftPoint(double X, double Y, bool IsReference, string Label);
