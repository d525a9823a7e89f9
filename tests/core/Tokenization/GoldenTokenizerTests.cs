using System.Text;
using System.Text.Json;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

[Trait("Category", "Golden")]
public class GoldenTokenizerTests(ITestOutputHelper output)
{
    [Fact]
    public void Each_tokenizer_that_loads_answers_as_the_reference()
    {
        var failures = new List<string>();
        int folders = 0;
        int cases = 0;
        foreach (string folder in GoldenRoot.CaseFolders("tokenizers").Where(folder => Path.GetFileName(folder) != "refused"))
        {
            GoldenTokenizer? golden = GoldenTokenizer.TryLoad(folder, out string? refusal);
            if (golden is null)
            {
                output.WriteLine($"{Path.GetFileName(folder)}: skipped: {refusal}");
                continue;
            }

            golden.Run();
            output.WriteLine($"{Path.GetFileName(folder)}: {golden.Count} cases, {golden.Failures.Count} differences");
            golden.Failures.Take(2).ToList().ForEach(output.WriteLine);
            failures.AddRange(golden.Failures);
            folders++;
            cases += golden.Count;
        }

        Assert.True(cases > 0, "The golden folder has no case of a kind that is built.");
        Assert.True(failures.Count == 0, $"{failures.Count} differences in {folders} folders:\n{string.Join('\n', failures.Take(20))}");
    }

    [Fact]
    public void Odd_files_load_or_not_as_in_the_reference()
    {
        string file = Path.Combine(GoldenRoot.Folder("tokenizers"), "refused", "cases.json");
        Assert.SkipUnless(File.Exists(file), "The golden folder has no refused/cases.json.");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        var failures = new List<string>();
        int loaded = 0;
        int refused = 0;
        foreach (JsonElement test in document.RootElement.GetProperty("files").EnumerateArray())
        {
            string name = test.GetProperty("name").GetString()!;
            ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(Content(test));
            Tokenizer? tokenizer = null;
            Exception? error = Record.Exception(() => tokenizer = TokenizerJson.Read(json, name));
            bool loads = test.GetProperty("loads").GetBoolean();
            if (error is GptxException { ErrorId: "TokenizerNotSupported" } && loads)
            {
                continue;
            }

            if (loads != (error is null) || error is not (null or GptxException) || error?.Message.Contains('\n') == true)
            {
                failures.Add($"{name}: {(loads ? "loads" : "is refused")} in the reference, here: {error?.ToString() ?? "loads"}");
                continue;
            }

            output.WriteLine($"{name}: {error?.Message ?? "loads"}");
            loaded += loads ? 1 : 0;
            refused += loads ? 0 : 1;
            if (tokenizer is not null && test.TryGetProperty("case", out JsonElement answer) && answer.TryGetProperty("ids", out JsonElement ids))
            {
                EncodedText encoded = tokenizer.Encode(new EncodeRequest(answer.GetProperty("text").GetString()!));
                Assert.Equal(ids.EnumerateArray().Select(id => id.GetInt32()), encoded.Ids);
                Assert.Equal(
                    answer.GetProperty("offsets").EnumerateArray().Select(range => new TextRange(range[0].GetInt32(), range[1].GetInt32())),
                    encoded.Offsets);
            }
        }

        Assert.True(loaded > 0 && refused > 0, $"{loaded} files loaded and {refused} refused.");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    // A file's text, or how it begins and how long it is.
    private static string Content(JsonElement test)
    {
        return test.TryGetProperty("json", out JsonElement json)
            ? json.GetString()!
            : new string(test.GetProperty("json_start").GetString()![0], test.GetProperty("json_length").GetInt32());
    }
}
