using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>Only what is needed is chosen, and never what can run code.</summary>
public class ModelFilesTests
{
    [Fact]
    public void Safetensors_come_alone_with_what_stands_beside_them() => Assert.Equal(
        "config.json generation_config.json merges.txt model.safetensors tokenizer.json tokenizer_config.json vocab.json",
        Chosen("org/m", "README.md", ".gitattributes", "config.json", "generation_config.json", "merges.txt", "model.safetensors", "pytorch_model.bin", "tf_model.h5", "flax_model.msgpack",
            "rust_model.ot", "onnx/model.onnx", "model.fp16.gguf", "tokenizer.json", "tokenizer_config.json", "vocab.json", "64.tflite"));

    [Fact]
    public void Sentence_transformers_come_with_their_modules() => Assert.Equal(
        "1_Pooling/config.json 2_Dense/config.json 2_Dense/model.safetensors config.json config_sentence_transformers.json model.safetensors modules.json sentence_bert_config.json vocab.txt",
        Chosen("org/m", "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors", "2_Dense/pytorch_model.bin", "config.json", "config_sentence_transformers.json",
            "model.safetensors", "modules.json", "sentence_bert_config.json", "vocab.txt", "openvino/openvino_model.bin", "train_script.py", "data_config.json"));

    [Fact]
    public void Shards_come_with_their_index() => Assert.Equal(
        "config.json model-00001-of-00002.safetensors model-00002-of-00002.safetensors model.safetensors.index.json",
        Chosen("org/m", "config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json", "consolidated.safetensors", "original/consolidated.00.pth"));

    [Fact]
    public void One_gguf_needs_no_choice_several_do()
    {
        Assert.Equal("m.Q8_0.gguf", Chosen("org/m", "m.Q8_0.gguf", "README.md"));
        Assert.Equal("m-00001-of-00002.gguf m-00002-of-00002.gguf", Chosen("org/m", "m-00001-of-00002.gguf", "m-00002-of-00002.gguf"));
        string[] several = ["m-Q4_K_M.gguf", "m-Q4_K_S.gguf", "m-Q4_K.gguf", "m-f16-00001-of-00002.gguf", "m-f16-00002-of-00002.gguf"];
        var error = Refusal.Expect("HubFileAmbiguous", () => Chosen("org/m", several));
        Assert.Contains("org/m:Q4_K_M", error.Message, StringComparison.Ordinal);
        Assert.Equal("m-Q4_K_M.gguf", Chosen("org/m:q4_k_m", several));
        Assert.Equal("m-Q4_K.gguf", Chosen("org/m:Q4_K", several));
        Assert.Equal("m-f16-00001-of-00002.gguf m-f16-00002-of-00002.gguf", Chosen("org/m:f16", several));
        Assert.Equal("m-Q4_K_S.gguf", Chosen("org/m:m-Q4_K_S.gguf", several));
        Refusal.Expect("HubFileNotFound", () => Chosen("org/m:Q2_K", several));
        Refusal.Expect("HubFileAmbiguous", () => Chosen("org/m:m", several));
    }

    [Fact]
    public void Onnx_comes_where_there_is_nothing_else_or_it_is_chosen()
    {
        Assert.Equal("config.json onnx/model.onnx onnx/model.onnx_data", Chosen("org/m", "config.json", "onnx/model.onnx", "onnx/model.onnx_data", "onnx/model_int8.onnx"));
        Assert.Equal("genai_config.json model.onnx model.onnx.data", Chosen("org/m", "genai_config.json", "model.onnx", "model.onnx.data"));
        Assert.Equal("config.json onnx/model_int8.onnx", Chosen("org/m:onnx/model_int8.onnx", "config.json", "model.safetensors", "onnx/model.onnx", "onnx/model_int8.onnx"));
    }

    [Fact]
    public void Pickles_are_refused_by_name()
    {
        Assert.Contains("pytorch_model.bin", Refusal.Expect("HubWeightsNotSafe", () => Chosen("org/m", "config.json", "pytorch_model.bin")).Message, StringComparison.Ordinal);
        Refusal.Expect("HubWeightsMissing", () => Chosen("org/m", "config.json", "README.md"));
    }

    [Fact]
    public void A_tokenizer_needs_no_weights() => Assert.Equal(
        "config.json tokenizer.json", string.Join(' ', Names("org/m", ModelPart.Tokenizer, "config.json", "tokenizer.json", "model.safetensors")));

    [Fact]
    public async Task Shards_that_the_index_does_not_name_are_not_downloaded_and_one_that_is_missing_is_told()
    {
        using var folder = new TemporaryFolder();
        using var hub = new FakeHub().With(
            "org/m",
            ("config.json", "{}"),
            ("model.safetensors.index.json", """{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}"""),
            ("model-00001-of-00002.safetensors", "one"),
            ("model-00002-of-00002.safetensors", "two"),
            ("model-00003-of-00003.safetensors", "of another time"));
        using var client = new HubClient(hub.Settings(folder.Path));
        var model = HubModelName.Parse("org/m");
        var plan = await client.PlanAsync(model, ModelPart.Model, TestContext.Current.CancellationToken);
        Assert.Equal(4, plan.Files.Count);
        Assert.Equal(8, plan.MissingBytes); // config and two shards; the index is there
        Assert.Equal(3, (await client.PullAsync(model, plan, null, TestContext.Current.CancellationToken)).DownloadedFiles);
        File.Delete(Path.Join(plan.Folder, "model-00002-of-00002.safetensors"));
        Assert.Null(new HubAccess { Settings = () => hub.Settings(folder.Path) }.FindCached(model));
        Assert.Equal(0, (await client.PlanAsync(model, ModelPart.Model, TestContext.Current.CancellationToken)).MissingFiles - 1);
    }

    private static string Chosen(string name, params string[] files) => string.Join(' ', Names(name, ModelPart.Model, files));

    private static IEnumerable<string> Names(string name, ModelPart part, params string[] files) => ModelFiles
        .Choose([.. files.Select(file => new HubFile(file, 1, "abc"))], HubModelName.Parse(name), part)
        .Select(file => file.Name).Order(StringComparer.Ordinal);
}
