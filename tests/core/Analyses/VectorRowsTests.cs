using System.Text.Json;
using Gptx.Analyses;
using Gptx.Checkpoints;
using Gptx.Embeddings;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Rows;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Analyses;

/// <summary>Vectors of files: what a job wrote comes back, to the bit, from each of its outputs.</summary>
public sealed class VectorRowsTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.npy")]
    public void What_a_job_wrote_comes_back(string name)
    {
        using var folder = new TemporaryFolder();
        string[] texts = ["The king rode out.", "Once, \"twice\",\tthree times", "a cat", "naïve 🙂"];
        File.WriteAllLines(folder["in.jsonl"], texts.Select((text, row) => JsonSerializer.Serialize(new { id = $"n{row}", text, url = $"u{row}" })));
        var task = new EmbedTask(embedded.Model, new TextEmbeddingOptions { Pooling = TextPooling.Max, Layer = 2, Normalize = true });
        new TextJob(task, new TextJobOptions { Sources = [RowSource.OfFile(folder["in.jsonl"])], Output = folder[name], Fields = new RowFields(null, "id", ["url"]) }).Run(cancellation: Cancellation);

        var rows = VectorRows.Open(folder[name], ["url"]);
        var expected = texts.Select(text => TextEmbedder.Embed(embedded.Model, [embedded.Text(text)], new TextEmbeddingOptions { Pooling = TextPooling.Max, Layer = 2, Normalize = true }, cancellation: Cancellation)[0].Vector).ToList();
        var block = Assert.Single(rows.Blocks(Cancellation));
        Assert.Equal(texts, block.Labels.Select(label => label.Text));
        Assert.Equal(["n0", "n1", "n2", "n3"], block.Labels.Select(label => label.RowId));
        Assert.Equal(["u0", "u1", "u2", "u3"], block.Labels.Select(label => Assert.Single(label.Kept).Value.GetString()));
        Assert.All(expected.Index(), row => Assert.Equal(row.Item.Select(value => (double)value), block.Row(row.Index).ToArray().Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-5));
        Assert.Equal(task.ModelHash, rows.Origin.ModelHash);
        Assert.Equal(embedded.Model.Name, rows.Origin.Model);
        Assert.Equal(new TextEmbeddingOptions { Pooling = TextPooling.Max, Layer = 2, Normalize = true }, rows.Origin.Embedding);
        Assert.True(rows.Origin.RequireModel(rows.Name, embedded.Model));
        Assert.True(VectorRows.AreIn(folder[name]));
        Assert.False(VectorRows.AreIn(folder["in.jsonl"]));
    }

    [Fact]
    public void Tables_give_what_files_give()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], ["The king rode out.", "", "a cat", "naïve 🙂"]);
        var task = new EmbedTask(embedded.Model, new TextEmbeddingOptions { Pooling = TextPooling.Last });
        foreach (var name in (string[])["out.jsonl", "out.db#notes"])
        {
            new TextJob(task, new TextJobOptions { Sources = [RowSource.OfFile(folder["in.txt"])], Output = folder[name] }).Run(cancellation: Cancellation);
        }

        var (file, table) = (VectorRows.Open(folder["out.jsonl"]), VectorRows.Open(folder["out.db#notes"]));
        var (expected, found) = (Assert.Single(file.Blocks(Cancellation)), Assert.Single(table.Blocks(Cancellation)));
        Assert.Equal(expected.Labels.Select(label => (label.RowId, label.Text)), found.Labels.Select(label => (label.RowId, label.Text)));
        Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        Assert.Equal((file.Origin.ModelHash, file.Origin.Embedding), (table.Origin.ModelHash, table.Origin.Embedding));
        Assert.True(VectorRows.AreIn(folder["out.db#notes"]));
        Refusal.Expect("UsageInvalid", () => VectorRows.Open(folder["out.db#notes"], ["url"]));
        Refusal.Expect("StoreTableMissing", () => VectorRows.Open(folder["out.db#others"]));
    }

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.csv")]
    [InlineData("rows.npy")]
    public void Numbers_come_back_to_the_bit_from_many_blocks(string name)
    {
        using var folder = new TemporaryFolder();
        var vectors = SomeRows.Vectors(new Random(5), 3000, 500);
        Write(folder[name], vectors);
        var read = VectorRows.Open(folder[name]).Blocks(Cancellation).SelectMany(block => Enumerable.Range(0, block.Count).Select(row => (block.Labels[row].RowId, Vector: block.Row(row).ToArray()))).ToList();
        Assert.Equal(vectors, read.Select(row => row.Vector));
        Assert.Equal(Enumerable.Range(0, 3000).Select(row => (object)(long)row), read.Select(row => name == "rows.csv" ? long.Parse((string)row.RowId, System.Globalization.CultureInfo.InvariantCulture) : row.RowId));
        Assert.True(VectorRows.Open(folder[name]).Blocks(Cancellation).Count() > 1);
    }

    [Fact]
    public void Ids_and_texts_of_a_matrix_stand_beside_it()
    {
        using var folder = new TemporaryFolder();
        Write(folder["rows.npy"], [[1, 2], [3, 4]]);
        folder.Write("rows.npy.ids.jsonl", "{\"rowId\":\"a\",\"text\":\"one\"}\n{\"rowId\":7,\"text\":\"two\"}\n");
        var labels = VectorRows.Open(folder["rows.npy"]).Blocks(Cancellation).SelectMany(block => block.Labels).ToList();
        Assert.Equal(["a", 7L], labels.Select(label => label.RowId));
        Assert.Equal(["one", "two"], labels.Select(label => label.Text));
        folder.Write("rows.npy.ids.jsonl", "{\"rowId\":\"a\"}\n");
        Refusal.Expect("VectorFileInvalid", () => VectorRows.Open(folder["rows.npy"]).Blocks(Cancellation).Count());
        folder.Write("rows.npy.ids.jsonl", "{}\n{}\n{}\n");
        Refusal.Expect("VectorFileInvalid", () => VectorRows.Open(folder["rows.npy"]).Blocks(Cancellation).Count());
    }

    [Theory]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\nnot json\n", "VectorFileInvalid")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n{\"text\":\"a\"}\n", "VectorFileInvalid")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n{\"vector\":[1,\"2\"]}\n", "VectorFileInvalid")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n{\"vector\":[1,2]} {}\n", "VectorFileInvalid")]
    [InlineData("a.jsonl", "{\"vector\":[]}\n", "VectorFileInvalid")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n\n{\"vector\":[1]}\n", "WidthMismatch")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n{\"vector\":[1,null]}\n", "VectorNotFinite")]
    [InlineData("a.jsonl", "{\"vector\":[1,2]}\n{\"vector\":[1,1e99]}\n", "VectorNotFinite")]
    [InlineData("a.jsonl", "{\"vector\":[1,2],\"model\":\"a\"}\n{\"vector\":[1,2],\"model\":\"b\"}\n", "ModelMismatch")]
    [InlineData("a.csv", "rowId,vector\na,\"[1,2]\"\nb,\"[1\"\n", "VectorFileInvalid")]
    [InlineData("a.csv", "rowId,vector\na,\"[1,2]\"\nb\n", "VectorFileInvalid")]
    [InlineData("a.csv", "rowId,v0,v1\na,1,2\nb,1,x\n", "VectorFileInvalid")]
    [InlineData("a.csv", "rowId,v0,v1\na,1,2\nb,1,NaN\n", "VectorNotFinite")]
    [InlineData("a.csv", "model,v0,v1\na,1,2\nb,1,1\n", "ModelMismatch")]
    [InlineData("a.npy", "no array", "FileTruncated")]
    [InlineData("a.parquet", "no parquet file at all", "InputDamaged")]
    public void What_is_wrong_is_said_in_one_line(string name, string content, string errorId)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, content);
        var error = Refusal.Expect(errorId, () => VectorRows.Open(folder[name]).Blocks(Cancellation).Count());
        Assert.NotEqual(GptxErrorKind.ModelNotLoadable, error.Kind);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() => Refusal.Expect("FileNotFound", () => VectorRows.Open("no/such/file.jsonl"));

    [Fact]
    public void Vectors_of_two_models_are_not_compared()
    {
        VectorOrigin Origin(string? hash, string? model) => new(hash, model, new Dictionary<string, string>());
        Assert.True(Origin("aa", "x").RequireSame("one", Origin("aa", "y"), "other"));
        Assert.True(Origin(null, "x").RequireSame("one", Origin("aa", "x"), "other"));
        Assert.False(Origin(null, null).RequireSame("one", Origin("aa", "x"), "other"));
        Refusal.Expect("ModelMismatch", () => Origin("aa", "x").RequireSame("one", Origin("bb", "x"), "other"));
        Refusal.Expect("ModelMismatch", () => Origin(null, "x").RequireSame("one", Origin("bb", "y"), "other"));
        Refusal.Expect("ModelMismatch", () => Origin("0123456789abcdef", null).RequireModel("one", embedded.Model));
    }

    private static void Write(string path, float[][] vectors)
    {
        switch (Path.GetExtension(path))
        {
            case ".npy":
                NpyFile.Write(path, [vectors.Length, vectors[0].Length], vectors.SelectMany(row => row).ToArray());
                break;
            case ".csv":
                File.WriteAllLines(path, [$"rowId,{string.Join(',', vectors[0].Select((_, column) => $"v{column}"))}", .. vectors.Select((row, index) => $"{index},{string.Join(',', row)}")]);
                break;
            default:
                File.WriteAllLines(path, vectors.Select((row, index) => JsonSerializer.Serialize(new { rowId = index, vector = row })));
                break;
        }
    }
}
