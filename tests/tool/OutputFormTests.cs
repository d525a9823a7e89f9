using System.Globalization;
using System.Text.Json;
using Gptx.Embeddings;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.Tests.Tool;

/// <summary>One result, many forms: they say the same, and what core says.</summary>
public class OutputFormTests
{
    public static TheoryData<string> Headings => [.. Commands.All.Keys];

    [Theory]
    [MemberData(nameof(Headings))]
    public void Json_and_json_lines_say_the_same(string heading)
    {
        if (heading is "tokenizer train" or "model list" or "model convert" or "model list --widened" or "model remove --widened")
        {
            return; // seconds, paths, and when it was used, differ from run to run
        }

        var document = Commands.Run(heading, "--json").Document;
        var lines = Commands.Run(heading, "--jsonl").Lines;
        var listed = Commands.ListOf.TryGetValue(heading, out var list) ? document.GetProperty(list) : document;
        JsonElement[] items = listed.ValueKind == JsonValueKind.Array ? [.. listed.EnumerateArray()] : [listed];
        Assert.NotEmpty(items);
        Assert.Equal(items.Length, lines.Count);
        Assert.All(items.Zip(lines), pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second)));
    }

    [Theory]
    [MemberData(nameof(Headings))]
    public void Csv_is_plain_lines_below_a_header(string heading)
    {
        if (heading == "activation")
        {
            return; // its values differ in number, which is refused
        }

        var text = Commands.Run(heading, "--csv").Out;
        Assert.DoesNotContain('\r', text);
        Assert.NotEqual('\uFEFF', text[0]);
        Assert.True(text.Count(character => character == '\n') >= 2);
    }

    [Fact]
    public void Csv_of_activations_of_different_shapes_is_refused() =>
        Assert.Contains("--jsonl", CommandRun.Of("activation", "Hi", "--name", "blocks.0.*", "--csv").Error, StringComparison.Ordinal);

    [Fact]
    public void Vectors_are_columns_of_csv()
    {
        var lines = CommandRun.Of("embed", "--words", "king", "--csv").Succeeded().Out.Split('\n');
        Assert.StartsWith("text,index,token,id,tokens,ids,isMean,v0,v1,v2,", lines[0], StringComparison.Ordinal);
        using var model = LanguageModel.Load();
        var vector = new EmbeddingTable(model).OfWord("king").Vector;
        Assert.Contains($",false,{vector[0].ToString("R", CultureInfo.InvariantCulture)},", lines[1], StringComparison.Ordinal);
        Assert.Contains($",v{vector.Length - 1},model", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_cores()
    {
        var stop = TestContext.Current.CancellationToken;
        using var model = LanguageModel.Load();
        var text = TokenSequence.FromText(model, "Once upon a time");
        var next = CommandRun.Of("next", "Once upon a time", "--top", "4").Succeeded().Lines;
        Assert.Equal(
            NextToken.Of(model, [text], 4, cancellation: stop).Select(candidate => (candidate.Id, candidate.Logit, candidate.Probability)),
            next.Select(line => (line.GetProperty("id").GetInt32(), line.GetProperty("logit").GetDouble(), line.GetProperty("probability").GetDouble())));

        var score = CommandRun.Of("score", "Once upon a time").Succeeded().Lines[0];
        Assert.Equal(TextScorer.Score(model, text, cancellation: stop).Perplexity, score.GetProperty("perplexity").GetDouble());

        var embedding = CommandRun.Of("embed", "Once upon a time", "--pooling", "last").Succeeded().Lines[0];
        var vector = TextEmbedder.Embed(model, [text], new TextEmbeddingOptions { Pooling = TextPooling.Last }, cancellation: stop)[0].Vector;
        Assert.Equal(vector, embedding.GetProperty("vector").EnumerateArray().Select(value => value.GetSingle()));

        var generated = CommandRun.Of("generate", "Once upon a time", "--seed", "7", "--max-tokens", "8", "--jsonl").Succeeded().Lines[0];
        var expected = TextGenerator.Generate(model, [text], new GenerationOptions { Seed = 7, MaxTokens = 8 }, cancellation: stop)[0];
        Assert.Equal(expected.Text, generated.GetProperty("text").GetString());
        Assert.Equal(expected.Chain, generated.GetProperty("chain").GetString());
        Assert.Equal("Once upon a time" + expected.Text + "\n", CommandRun.Of("generate", "Once upon a time", "--seed", "7", "--max-tokens", "8").Out);
        Assert.Equal(expected.Text + "\n", CommandRun.Of("generate", "Once upon a time", "--seed", "7", "--max-tokens", "8", "--no-prompt", "--stream").Out);
    }

    [Fact]
    public void Texts_come_from_arguments_ids_files_and_standard_input_alike()
    {
        var expected = CommandRun.Of("next", "Hi there", "Who").Out;
        Assert.Equal(expected, CommandRun.With(new Conditions { Input = "Hi there\nWho\n" }, "next").Out);
        Assert.Equal(expected, CommandRun.With(new Conditions { Input = "{\"q\":\"Hi there\"}\n{\"q\":\"Who\"}\n" }, "next", "--text-field", "q").Out);
        var ids = string.Join(',', CommandRun.Of("tokenize", "Hi there").Lines.Select(line => line.GetProperty("id").GetInt32()));
        Assert.Equal(
            CommandRun.Of("next", "Hi there").Lines.Select(line => line.GetProperty("id").GetInt32()),
            CommandRun.Of("next", "--ids", ids).Lines.Select(line => line.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void The_rows_id_and_kept_fields_go_through()
    {
        var input = new Conditions { Input = "{\"n\":17,\"text\":\"Hi\",\"tag\":{\"a\":[1,null]}}\n" };
        var line = CommandRun.With(input, "next", "--top", "1", "--id-field", "n", "--keep", "tag").Succeeded().Lines[0];
        Assert.Equal(17, line.GetProperty("rowId").GetInt32());
        Assert.Equal("{\"a\":[1,null]}", line.GetProperty("tag").GetRawText());
        CommandRun.With(input, "next", "--top", "1", "--keep", "text").Refused(2, "the output has a field 'text' of its own");
    }

    [Fact]
    public void Infinity_is_null() => Assert.Contains(
        CommandRun.Of("activation", "Hi there", "--name", "blocks.0.attn.scores").Succeeded().Lines[0].GetProperty("values").EnumerateArray(),
        value => value.ValueKind == JsonValueKind.Null);

    [Theory]
    [MemberData(nameof(Headings))]
    public void A_terminal_shows_every_command_within_its_width(string heading)
    {
        if (heading is "nearest --in" or "model verify" or "model convert" or "tokenizer train" or "generate --chat" or "generate --show-prompt" or "analogy --benchmark" or "similarity --benchmark")
        {
            return; // they need files; their tables and lists are those of others
        }

        var run = Commands.Run(new Conditions { IsTerminal = true, Variables = { ["NO_COLOR"] = "1" } }, heading);
        Assert.DoesNotContain('\u001b', run.Out);
        if (heading != "generate")
        {
            Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        }
    }
}
