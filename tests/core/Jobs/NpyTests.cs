using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Jobs;

namespace Gptx.Tests.Jobs;

public class NpyTests
{
    [Fact]
    public void A_matrix_has_the_vectors_and_the_lines_beside_it_have_all_else()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(100, seed: 13);
        new TextJob(new LetterTask(failsAt: 'z'), folder.Options(source, "out.npy")).Run(cancellation: TestContext.Current.CancellationToken);
        new TextJob(new LetterTask(failsAt: 'z'), folder.Options(source, "out.jsonl")).Run(cancellation: TestContext.Current.CancellationToken);

        var rows = Lines(folder, "out.jsonl");
        var beside = Lines(folder, "out.npy.ids.jsonl");
        using var matrix = NpyFile.Open(folder.Path("out.npy"));
        Assert.True(rows.Count > 50);
        Assert.Equal([rows.Count, 2], matrix.Tensor.Shape);
        Assert.Equal(rows.SelectMany(row => row.GetProperty("vector").EnumerateArray()).Select(value => value.GetSingle()), matrix.Tensor.ReadSingles());
        foreach (var (row, line) in rows.Zip(beside, (row, line) => (row, line)))
        {
            Assert.False(line.TryGetProperty("vector", out _));
            Assert.Equal(
                row.EnumerateObject().Where(field => field.Name != "vector").Select(field => $"{field}"),
                line.EnumerateObject().Select(field => $"{field}"));
        }
    }

    [Fact]
    public void Rows_without_vectors_are_refused()
    {
        using var folder = new JobFolder();
        var error = Assert.Throws<GptxException>(() => TextJob.RequireOutputKind(folder.Options(folder.Lines(3, seed: 1), "out.npy"), "score"));
        Assert.Equal("OutputKindUnknown", error.ErrorId);
        Assert.Contains("embed", error.Message, StringComparison.Ordinal);
    }

    private static List<JsonElement> Lines(JobFolder folder, string name) =>
        [.. folder.Read(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
