using Gptx.Inference.Verification;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How a verification is written and shown.</summary>
internal static class VerificationShape
{
    private static readonly RecordShape<TensorVerdict> Tensors = new(
        new("tensor", row => row.Tensor),
        new("maxAbsoluteError", row => row.MaxAbsoluteError),
        new("maxRelativeError", row => row.MaxRelativeError),
        new("compared", row => row.Compared),
        new("passed", row => row.Passed),
        new("note", row => row.Note));

    private static readonly RecordShape<GreedyVerdict> Greedy = new(
        new("row", row => row.Row),
        new("expected", row => row.Expected),
        new("actual", row => row.Actual),
        new("smallestGap", row => row.SmallestGap),
        new("compared", row => row.Compared),
        new("passed", row => row.Passed));

    private static readonly RecordShape<BeamVerdict> Beams = new(
        new("rank", row => row.Rank),
        new("expected", row => row.Expected),
        new("actual", row => row.Actual),
        new("expectedScore", row => row.ExpectedScore),
        new("actualScore", row => row.ActualScore),
        new("passed", row => row.Passed));

    public static Report<VerificationReport> Report { get; } = new()
    {
        Shape = new(
            new("model", report => report.Model),
            new("tolerance", report => report.Tolerance),
            new("passed", report => report.Passed),
            new("tensors", report => Tensors.List(report.Tensors)),
            new("greedy", report => Greedy.List(report.Greedy)),
            new("beams", report => Beams.List(report.Beams))),
        IsSingle = true,
        CsvLines = report => report.Tensors.Select(row => Tensors.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(row))).ToArray()),
        Show = (screen, all) => Show(screen, all[0]),
    };

    private static void Show(Screen screen, VerificationReport report)
    {
        screen.Table(
            ["tensor", ">absolute", ">relative", "verdict"],
            report.Tensors.Select(row => (string[])
            [
                row.Tensor, Readable.Scientific(row.MaxAbsoluteError), Readable.Scientific(row.MaxRelativeError), row.Note ?? Verdict(row.Passed, row.Compared),
            ]));
        screen.Table(
            [">prompt", "greedy ids", ">smallest gap", "verdict"],
            report.Greedy.Select(row => (string[])
            [
                $"{row.Row}", $"{row.Actual.Count}", Readable.Scientific(row.SmallestGap), Verdict(row.Passed, row.Compared),
            ]));
        screen.Table(
            [">beam", "ids", ">score", ">reference's", "verdict"],
            report.Beams.Select(row => (string[])
            [
                $"{row.Rank}", $"{row.Actual.Count}", Readable.Short(row.ActualScore), Readable.Short(row.ExpectedScore), Verdict(row.Passed, compared: true),
            ]));
        screen.Line(report.Passed ? $"{report.Model} agrees with its reference within {report.Tolerance}" : $"{report.Model} DIFFERS from its reference");
    }

    private static string Verdict(bool passed, bool compared) => !compared ? "not compared" : passed ? "ok" : "DIFFERS";
}
