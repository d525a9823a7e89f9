using System.Text;
using System.Text.Json.Nodes;
using Gptx.Checkpoints;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Fuzzing;

/// <summary>Mutated files of a sentence-transformers folder: the list of modules, with paths that lead elsewhere, or the config of one; the recipe is read and its steps run.</summary>
public sealed class SentenceModulesTarget : IFuzzTarget, IDisposable
{
    private const string Types = "sentence_transformers.models.";
    private const int Width = 3;

    private static readonly string[] Places = ["../1_Pooling", "/etc", "..", ".", "", "1_Pooling/../2_Dense", "1_Pooling", "2_Dense", "3_LayerNorm", "nowhere", "C:\\", "a\0b", .. HostileTexts.All];

    private readonly string _folder = FuzzFolder.Make("sentences");
    private readonly List<(string Path, JsonNode Json)> _files;
    private readonly ILookup<string, JsonNode?> _pool;
    private readonly LanguageModel _model;

    /// <summary>Makes a folder from an encoder.</summary>
    /// <param name="golden">A folder with a folder <c>bert-base</c>.</param>
    public SentenceModulesTarget(string golden)
    {
        foreach (string name in (string[])["config.json", "model.safetensors"])
        {
            File.Copy(Path.Combine(golden, "bert-base", name), Path.Combine(_folder, name));
        }

        _model = LanguageModel.Load(_folder, new LoadOptions { Device = Device.Cpu });
        int width = _model.Shape.Width;
        _files =
        [
            ("modules.json", Parse($$"""
                [{"idx": 0, "type": "{{Types}}Transformer", "path": ""}, {"idx": 1, "type": "{{Types}}Pooling", "path": "1_Pooling"}, {"idx": 2, "type": "{{Types}}Dense", "path": "2_Dense"},
                 {"idx": 3, "type": "{{Types}}LayerNorm", "path": "3_LayerNorm"}, {"idx": 4, "type": "{{Types}}Normalize", "path": "4_Normalize"}]
                """)),
            ("1_Pooling/config.json", Parse($$"""{"word_embedding_dimension": {{width}}, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true, "include_prompt": false}""")),
            ("2_Dense/config.json", Parse($$"""{"in_features": {{2 * width}}, "out_features": {{Width}}, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}""")),
            ("3_LayerNorm/config.json", Parse($$"""{"dimension": {{Width}}}""")),
            ("sentence_bert_config.json", Parse("""{"max_seq_length": 6, "do_lower_case": true}""")),
            ("config_sentence_transformers.json", Parse("""{"prompts": {"query": "where ", "none": ""}, "default_prompt_name": "none"}""")),
        ];
        _files.ForEach(file => Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file.Path))!));
        Save("2_Dense", ("linear.weight", [Width, 2 * width]), ("linear.bias", [Width]));
        Save("3_LayerNorm", ("norm.weight", [Width]), ("norm.bias", [Width]));
        _pool = _files.Select(file => file.Json).OfType<JsonObject>().SelectMany(json => json).ToLookup(member => member.Key, member => member.Value);
    }

    /// <inheritdoc/>
    public string Name => "sentence-modules";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(100, 1L << 20);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        int changed = Math.Max(0, random.Next(-3, _files.Count));
        byte[] bytes = JsonMutation.Mutate(_files[changed].Json, _pool, Places, random);
        return new FuzzCase(bytes, () =>
        {
            foreach (var (index, file) in _files.Index())
            {
                File.WriteAllBytes(Path.Combine(_folder, file.Path), index == changed ? bytes : Encoding.UTF8.GetBytes(file.Json.ToJsonString()));
            }

            SentenceRecipe recipe = SentenceRecipe.Read(_model)!;
            recipe.PromptFor(null);
            float[] pooled = [.. Enumerable.Range(0, recipe.Poolings.Count * _model.Shape.Width).Select(i => i * 0.1f)];
            recipe.Steps.Aggregate(pooled, (vector, step) => step(vector));
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    private void Save(string folder, params (string Name, long[] Shape)[] tensors)
    {
        var writer = new SafetensorsWriter();
        foreach (var (name, shape) in tensors)
        {
            float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(i => MathF.Sin(i))];
            writer.Add(name, shape, values);
        }

        writer.Save(Path.Combine(_folder, folder, "model.safetensors"));
    }
}
