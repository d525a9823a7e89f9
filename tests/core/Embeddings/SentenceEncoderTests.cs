using Gptx.Checkpoints;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Tests.Inference;
using Gptx.Tests.Prediction;

namespace Gptx.Tests.Embeddings;

public class SentenceEncoderTests
{
    private const string Types = "sentence_transformers.models.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_part_of_a_recipe_counts()
    {
        using var encoder = new TinyEncoder("BertModel");
        Write(encoder, "modules.json", $$"""
            [{"type": "{{Types}}Transformer", "path": ""}, {"type": "{{Types}}Pooling", "path": "1_Pooling"}, {"type": "{{Types}}Dense", "path": "2_Dense"}, {"type": "{{Types}}Normalize", "path": "3_Normalize"}]
            """);
        Write(encoder, "1_Pooling/config.json", """{"word_embedding_dimension": 16, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true, "include_prompt": false}""");
        Write(encoder, "2_Dense/config.json", """{"in_features": 32, "out_features": 3, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}""");
        Write(encoder, "sentence_bert_config.json", """{"max_seq_length": 6, "do_lower_case": true}""");
        Write(encoder, "config_sentence_transformers.json", """{"prompts": {"query": "where ", "none": ""}, "default_prompt_name": "none"}""");
        float[] matrix = [.. Enumerable.Range(0, 96).Select(i => MathF.Sin(i))];
        var writer = new SafetensorsWriter();
        writer.Add("linear.weight", [3, 32], matrix);
        writer.Add("linear.bias", [3], new float[] { 0.1f, 0.2f, 0.3f });
        writer.Save(Path.Join(encoder.Folder, "2_Dense", "model.safetensors"));
        using var model = encoder.Load();

        // [CLS] where the cat sat [SEP]: six tokens, of which the prompt's two are not in the mean.
        var vector = TextEmbedder.Embed(model, [TokenSequence.FromText(model, "the cat SAT on the mat")], new TextEmbeddingOptions { Prompt = "query" }, cancellation: Cancellation)[0];
        using var values = model.Run([[2, 18, 5, 6, 8, 3]], new("final_norm"), Cancellation);
        var states = Enumerable.Range(0, 6).Select(position => values.Row("final_norm", 0)[position].Values.ToArray()).ToArray();
        float[] pooled = [.. states[0], .. Enumerable.Range(0, 16).Select(i => states[2..].Average(state => state[i]))];
        double[] dense = [.. Enumerable.Range(0, 3).Select(row => Math.Tanh(pooled.Select((value, i) => (double)value * matrix[(row * 32) + i]).Sum() + (0.1 * (row + 1))))];
        var length = Math.Sqrt(dense.Sum(value => value * value));
        Closeness.AssertWithin(1e-5, vector.Vector, [.. dense.Select(value => (float)(value / length))], "vector");
        Assert.Equal(("cls+mean", 6), (vector.Pooling, vector.TokenCount));
        Assert.Equal(6, TextEmbedder.Embed(model, [TokenSequence.FromText(model, "the cat sat on the mat")], cancellation: Cancellation)[0].TokenCount);

        // What is asked for is taken plainly.
        var plain = TextEmbedder.Embed(model, [TokenSequence.FromText(model, "the cat")], new TextEmbeddingOptions { Pooling = TextPooling.Cls }, cancellation: Cancellation)[0];
        Assert.Equal((16, "cls", 4), (plain.Vector.Length, plain.Pooling, plain.TokenCount));
        Assert.Equal("PromptUnknown", Assert.Throws<GptxException>(() => TextEmbedder.Embed(model, [TokenSequence.FromText(model, "a")], new TextEmbeddingOptions { Prompt = "other" }, cancellation: Cancellation)).ErrorId);
    }

    [Theory]
    [InlineData("""[{"type": "x.Transformer", "path": ""}, {"type": "x.WeightedLayerPooling", "path": "1"}]""", "SentenceModuleNotSupported")]
    [InlineData("""[{"type": "x.Transformer", "path": ""}]""", "SentenceModuleNotSupported")]
    [InlineData("""[{"type": "x.Transformer", "path": ""}, {"type": "x.Pooling", "path": "../outside"}]""", "SentenceModuleNotSupported")]
    [InlineData("""{"type": 1}""", "ConfigInvalid")]
    [InlineData("""[{"path": ""}]""", "ConfigInvalid")]
    [InlineData("""[{"type": "x.Transformer", "path": null}]""", "ConfigInvalid")]
    [InlineData("""[{"type": "x.Transformer", "path": ""}, {"type": "x.Pooling", "path": "a\u0000b"}]""", "ConfigInvalid")]
    public void A_recipe_that_is_not_built_is_refused(string modules, string error)
    {
        using var encoder = new TinyEncoder("BertModel");
        Write(encoder, "modules.json", modules);
        using var model = encoder.Load();
        Assert.Equal(error, Assert.Throws<GptxException>(() => TextEmbedder.Embed(model, [TokenSequence.FromText(model, "a cat")], cancellation: Cancellation)).ErrorId);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void A_real_model_gives_the_references_vectors()
    {
        var folder = GoldenRoot.Folder("../models/all-MiniLM-L6-v2");
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Join(folder, "golden.json")));
        using var golden = SafetensorsFile.Open(Path.Join(folder, "golden.safetensors"));
        using var model = LanguageModel.Load(folder);
        TokenSequence[] texts = [.. json.RootElement.GetProperty("texts").EnumerateArray().Select(text => TokenSequence.FromText(model, text.GetString()!))];
        var expected = golden.Tensors["embeddings"].ReadSingles();
        var ids = golden.Tensors["input_ids"].ReadInt64s();
        var vectors = texts.Chunk(5).SelectMany((group, index) => TextEmbedder.Embed(model, group, firstIndex: 5 * index, cancellation: Cancellation)).ToList();
        var width = ids.Length / texts.Length;
        foreach (var (row, vector) in vectors.Index())
        {
            Closeness.AssertWithin(1e-5, vector.Vector, expected[(row * 384)..((row + 1) * 384)], texts[row].Text!);
            Assert.Equal("mean", vector.Pooling);
            if (texts[row].Count <= width)
            {
                Assert.Equal(ids[(row * width)..((row * width) + vector.TokenCount)], texts[row].Ids.Select(id => (long)id));
            }
        }

        var (first, second) = (vectors[0].Vector, vectors[1].Vector);
        Assert.Equal(golden.Tensors["similarity"].ReadSingles()[1], System.Numerics.Tensors.TensorPrimitives.Dot<float>(first, second), 1e-4f);
    }

    private static void Write(TinyEncoder encoder, string name, string content)
    {
        var path = Path.Join(encoder.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
