using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Checkpoints;

public sealed class GgufCheckpointTests : IDisposable
{
    private const int Width = 4;
    private const int Heads = 2;

    private readonly TemporaryFolder _folder = new();

    private static GgufBytes Small => new GgufBytes()
        .Add("general.architecture", "llama")
        .Add("llama.embedding_length", (uint)Width)
        .Add("llama.block_count", 1u)
        .Add("llama.feed_forward_length", 8u)
        .Add("llama.attention.head_count", (uint)Heads)
        .Add("llama.context_length", 16u)
        .Add("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .Tensor("token_embd.weight", [3, Width], Counted(3 * Width))
        .Tensor("output_norm.weight", [Width], Counted(Width));

    [Fact]
    public void Metadata_become_a_config()
    {
        using var checkpoint = Open(Small
            .Add("llama.rope.freq_base", 500000f)
            .Add("llama.rope.dimension_count", 2u)
            .Add("llama.attention.head_count_kv", 1, 1)
            .Add("tokenizer.ggml.eos_token_id", 2u)
            .Add("tokenizer.ggml.eot_token_id", 1u)
            .Add("tokenizer.ggml.padding_token_id", uint.MaxValue));
        var config = checkpoint.Config;
        Assert.Equal("llama", config.ModelType);
        Assert.Equal(["LlamaForCausalLM"], config.Architectures);
        Assert.Equal((3, Width, 1, 8), (config.GetSize("vocab_size"), config.GetSize("hidden_size"), config.GetSize("num_hidden_layers"), config.GetSize("intermediate_size")));
        Assert.Equal((Heads, 1, 2, 16), (config.GetSize("num_attention_heads"), config.GetSize("num_key_value_heads"), config.GetSize("head_dim"), config.GetSize("max_position_embeddings")));
        Assert.Equal(1e-5f, config.GetSingle("rms_norm_eps"));
        Assert.Equal(500000, config.GetDouble("rope_theta"));
        Assert.True(config.GetBoolean("tie_word_embeddings"));
        Assert.False(config.Contains("rope_scaling"));
        Assert.False(config.Contains("partial_rotary_factor"));
        Assert.Equal([2, 1], checkpoint.GenerationConfig.EosTokenIds!);
        Assert.Null(checkpoint.GenerationConfig.PadTokenId);
    }

    [Fact]
    public void Rows_of_queries_are_put_back_in_order()
    {
        using var checkpoint = Open(Small.Tensor("blk.0.attn_k.weight", [8, 2], Counted(16)).Add("llama.attention.key_length", 8u));
        var key = checkpoint.GetTensor("model.layers.0.self_attn.k_proj.weight");
        Assert.False(key.IsPlain);
        Assert.Equal([0f, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15], key.ReadSingles());
        var part = new float[5];
        key.ReadSingles(7, part);
        Assert.Equal([13f, 2, 3, 6, 7], part);
        Assert.True(checkpoint.GetTensor("model.embed_tokens.weight").IsPlain);
    }

    [Theory]
    [InlineData("linear", 4f, """{"rope_type":"linear","factor":4}""")]
    [InlineData("linear", 1f, null)]
    [InlineData("none", 4f, null)]
    [InlineData("yarn", 2.5f, """{"rope_type":"yarn","factor":2.5,"original_max_position_embeddings":8}""")]
    public void Scaling_of_positions_is_told(string type, float factor, string? expected)
    {
        using var checkpoint = Open(Small.Add("llama.rope.scaling.type", type).Add("llama.rope.scaling.factor", factor).Add("llama.rope.scaling.original_context_length", 8u));
        Assert.Equal(expected, checkpoint.Config.FindSection("rope_scaling")?.Json.GetRawText());
    }

    [Fact]
    public void Factors_of_pairs_are_read_from_their_tensor()
    {
        using var checkpoint = Open(Small.Tensor("rope_freqs.weight", [1], 8));
        Assert.Equal([8.0], checkpoint.Config.FindSection("rope_scaling")!.FindDoubles("short_factor")!);
        Assert.DoesNotContain(checkpoint.Tensors.Keys, name => name.Contains("rope", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_supported_is_refused_by_name()
    {
        Expect("ArchitectureNotSupported", "mamba", new GgufBytes().Add("general.architecture", "mamba"));
        Expect("MetadataMissing", "general.architecture", new GgufBytes());
        Expect("MetadataMissing", "llama.embedding_length", new GgufBytes().Add("general.architecture", "llama").Tensor("token_embd.weight", [1, 1], 1));
        Expect("TensorNotFound", "token_embd.weight", new GgufBytes().Add("general.architecture", "llama"));
        Expect("GgufSplit", "parts", Small.Add("split.count", 3u));
        Expect("TensorNotKnown", "blk.0.attn_sinks", Small.Tensor("blk.0.attn_sinks.weight", [1], 1));
        Expect("OptionNotSupported", "experts", Small.Add("llama.expert_count", 8u));
        Expect("OptionNotSupported", "causal", Small.Add("llama.attention.causal", false));
        Expect("OptionNotSupported", "differs", Small.Add("llama.attention.head_count_kv", 1, 2));
        Expect("OptionNotSupported", "ntk", Small.Add("llama.rope.scaling.type", "ntk"));
        Expect("OptionNotSupported", "values", Small.Add("llama.attention.key_length", 4u).Add("llama.attention.value_length", 8u));
        Expect("MetadataOutOfRange", "head_count_kv", Small.Add("llama.attention.head_count_kv", 0u));
        Expect("TensorShapeWrong", "blk.0.attn_k", Small.Tensor("blk.0.attn_k.weight", [3, Width], Counted(3 * Width)));
    }

    [Fact]
    public void A_file_or_a_folder_with_only_one_is_opened()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.gguf", Small.ToArray());
        Assert.Equal(file, ModelLocation.Find(file));
        using (var checkpoint = CheckpointFolder.Open(folder.Path))
        {
            Assert.Equal(file, checkpoint.Path);
            Assert.Equal("llama", checkpoint.Metadata!.FindString("general.architecture"));
        }

        folder.Write("b.gguf", Small.ToArray());
        Refusal.Expect("ModelAmbiguous", () => CheckpointFolder.Open(folder.Path));
        Refusal.Expect("ModelFileNotSupported", () => ModelLocation.Find(folder.Write("c.txt", "")));
    }

    public void Dispose() => _folder.Dispose();

    private static float[] Counted(int count) => [.. Enumerable.Range(0, count).Select(number => (float)number)];

    private CheckpointFolder Open(GgufBytes bytes) => CheckpointFolder.Open(_folder.Write("model.gguf", bytes.ToArray()));

    private static void Expect(string errorId, string named, GgufBytes bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.gguf", bytes.ToArray());
        var error = Refusal.Expect(errorId, () => CheckpointFolder.Open(path).Dispose());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
