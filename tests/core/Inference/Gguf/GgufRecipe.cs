using Gptx.Checkpoints;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>
/// Writes a checkpoint as llama.cpp's convert_hf_to_gguf.py does, in float32: that script's names, metadata and changes of each architecture, written
/// down here a second time and the other way round.
/// </summary>
internal sealed class GgufRecipe(CheckpointFolder checkpoint)
{
    private const string LlamaNames = """
        model.embed_tokens token_embd
        model.norm output_norm
        lm_head output
        input_layernorm attn_norm
        self_attn.q_proj attn_q
        self_attn.k_proj attn_k
        self_attn.v_proj attn_v
        self_attn.o_proj attn_output
        self_attn.q_norm attn_q_norm
        self_attn.k_norm attn_k_norm
        post_attention_layernorm ffn_norm
        mlp.gate_proj ffn_gate
        mlp.up_proj ffn_up
        mlp.down_proj ffn_down

        """;

    private const string AroundNames = """
        post_attention_layernorm post_attention_norm
        pre_feedforward_layernorm ffn_norm
        post_feedforward_layernorm post_ffw_norm

        """;

    private readonly ModelConfig _config = checkpoint.Config;

    /// <summary>What the model types are called there, with the names that differ from Llama's.</summary>
    private static readonly Dictionary<string, (string Architecture, string Names)> Known = new(StringComparer.Ordinal)
    {
        ["llama"] = ("llama", LlamaNames),
        ["qwen2"] = ("qwen2", LlamaNames),
        ["qwen3"] = ("qwen3", LlamaNames),
        ["gemma"] = ("gemma", LlamaNames),
        ["gemma2"] = ("gemma2", LlamaNames + AroundNames),
        ["gemma3_text"] = ("gemma3", LlamaNames + AroundNames),
        ["phi"] = ("phi2", LlamaNames + "model.final_layernorm output_norm\nself_attn.dense attn_output\nmlp.fc1 ffn_up\nmlp.fc2 ffn_down\n"),
        ["phi3"] = ("phi3", LlamaNames + "self_attn.qkv_proj attn_qkv\nmlp.gate_up_proj ffn_up\n"),
        ["olmo"] = ("olmo", LlamaNames),
        ["olmo2"] = ("olmo2", LlamaNames + AroundNames),
        ["granite"] = ("granite", LlamaNames),
        ["smollm3"] = ("smollm3", LlamaNames),
        ["stablelm"] = ("stablelm", LlamaNames),
        ["starcoder2"] = ("starcoder2", LlamaNames + "mlp.c_fc ffn_up\nmlp.c_proj ffn_down\n"),
        ["bert"] = ("bert", BertNames),
        ["gpt_neox"] = ("gptneox", "gpt_neox.embed_in token_embd\ngpt_neox.final_layer_norm output_norm\nembed_out output\ninput_layernorm attn_norm\nattention.query_key_value attn_qkv\nattention.dense attn_output\npost_attention_layernorm ffn_norm\nmlp.dense_h_to_4h ffn_up\nmlp.dense_4h_to_h ffn_down\n"),
        ["gpt2"] = ("gpt2", "transformer.wte token_embd\ntransformer.wpe position_embd\ntransformer.ln_f output_norm\nlm_head output\nln_1 attn_norm\nattn.c_attn attn_qkv\nattn.c_proj attn_output\nln_2 ffn_norm\nmlp.c_fc ffn_up\nmlp.c_proj ffn_down\n"),
    };

    private const string BertNames = """
        embeddings.word_embeddings token_embd
        embeddings.token_type_embeddings token_types
        embeddings.position_embeddings position_embd
        embeddings.LayerNorm token_embd_norm
        attention.self.query attn_q
        attention.self.key attn_k
        attention.self.value attn_v
        attention.output.dense attn_output
        attention.output.LayerNorm attn_output_norm
        intermediate.dense ffn_up
        output.dense ffn_down
        output.LayerNorm layer_output_norm

        """;

    private string Architecture => Known[_config.ModelType].Architecture;

    private int Heads => _config.GetSize("num_attention_heads", "n_head");

    private int Width => _config.GetSize("hidden_size", "n_embd");

    private int HeadWidth => _config.FindSize("head_dim") ?? (Width / Heads);

    /// <summary>Why a checkpoint cannot be told in GGUF, or is not told by llama.cpp; null if it can.</summary>
    public static string? Refusal(ModelConfig config)
    {
        if (!Known.ContainsKey(config.ModelType))
        {
            return "the architecture has no GGUF";
        }

        if (config.ModelType == "bert" && !config.Architectures.SequenceEqual(["BertModel"]))
        {
            return "GGUF has BERT without its heads";
        }

        var rotary = config.FindSection("rope_parameters") ?? config.FindSection("rope_scaling");
        var type = rotary?.FindString("rope_type", "type") ?? "default";
        if (config.ModelType.StartsWith("gemma", StringComparison.Ordinal) && (config.FindInt32("query_pre_attn_scalar") ?? config.GetSize("head_dim")) != config.GetSize("head_dim"))
        {
            return "GGUF has no query_pre_attn_scalar";
        }

        if (config.FindString("activation_function") is not (null or "gelu_new") || config.FindBoolean("scale_attn_by_inverse_layer_idx") == true || config.FindBoolean("scale_attn_weights") == false)
        {
            return "GGUF has only GPT-2 as it was published";
        }

        if (config.FindInt32s("no_rope_layers") is { } turned && Enumerable.Range(1, turned.Count).Any(layer => (turned[layer - 1] == 0) != (layer % 4 == 0)))
        {
            return "GGUF has no no_rope_layers";
        }

        return type is "dynamic" or "llama3" or "longrope" or "su" or "yarn" ? $"scaling {type} is written in another way" : null;
    }

    public byte[] ToGguf()
    {
        var file = new GgufBytes().Add("general.architecture", Architecture);
        WriteMetadata(file);
        foreach (var tensor in checkpoint.Tensors.Values.Where(tensor => tensor.ElementType.IsFloat()))
        {
            if (GgufName(tensor.Name) is { } name && !(name == "output.weight" && _config.FindBoolean("tie_word_embeddings") == true))
            {
                var (shape, values) = Changed(tensor, name);
                file.Tensor(name, shape, values);
            }
        }

        return file.ToArray();
    }

    private void WriteMetadata(GgufBytes file)
    {
        void Size(string key, params string[] from)
        {
            if (_config.FindSize(from) is { } size)
            {
                file.Add($"{Architecture}.{key}", (uint)size);
            }
        }

        void Number(string key, params string[] from)
        {
            if (_config.FindSingle(from) is { } number)
            {
                file.Add($"{Architecture}.{key}", number);
            }
        }

        Size("embedding_length", "hidden_size", "n_embd");
        Size("block_count", "num_hidden_layers", "n_layer");
        Size("attention.head_count", "num_attention_heads", "n_head");
        Size("attention.head_count_kv", "num_key_value_heads");
        Size("attention.key_length", "head_dim");
        Size("attention.value_length", "head_dim");
        Size("context_length", "max_position_embeddings", "n_positions");
        file.Add($"{Architecture}.feed_forward_length", (uint)(_config.FindSize("intermediate_size", "n_inner") ?? (4 * Width)));
        Number("attention.layer_norm_rms_epsilon", "rms_norm_eps");
        Number("attention.layer_norm_epsilon", "layer_norm_eps", "layer_norm_epsilon", "norm_epsilon");
        Number("attention.clamp_kqv", "clip_qkv");
        Number("attention.scale", "attention_multiplier");
        Number("embedding_scale", "embedding_multiplier");
        Number("residual_scale", "residual_multiplier");
        Number("logit_scale", "logits_scaling");
        Number("attn_logit_softcapping", "attn_logit_softcapping");
        Number("final_logit_softcapping", "final_logit_softcapping");
        Size("attention.sliding_window", "sliding_window");
        if (_config.ModelType == "bert")
        {
            file.Add("bert.attention.causal", false).Add("bert.pooling_type", 1u);
        }

        if (_config.ModelType == "olmo")
        {
            file.Add("olmo.attention.layer_norm_epsilon", 1e-5f);
        }

        if (_config.ModelType == "gpt_neox")
        {
            file.Add("gptneox.use_parallel_residual", _config.FindBoolean("use_parallel_residual") ?? true);
        }

        WriteRotary(file);
    }

    private void WriteRotary(GgufBytes file)
    {
        var section = _config.FindSection("rope_parameters") ?? _config.FindSection("rope_scaling");
        var far = section?.FindSection("full_attention") ?? section;
        if ((far?.FindSingle("rope_theta") ?? _config.FindSingle("rope_theta", "rotary_emb_base")) is { } theta)
        {
            file.Add($"{Architecture}.rope.freq_base", theta);
        }

        if ((section?.FindSection("sliding_attention")?.FindSingle("rope_theta") ?? _config.FindSingle("rope_local_base_freq")) is { } near)
        {
            file.Add($"{Architecture}.rope.freq_base_swa", near);
        }

        var share = far?.FindDouble("partial_rotary_factor") ?? _config.FindDouble("partial_rotary_factor", "rotary_pct") ?? 1;
        file.Add($"{Architecture}.rope.dimension_count", (uint)(share * HeadWidth));
        if (far?.FindString("rope_type", "type") == "linear")
        {
            file.Add($"{Architecture}.rope.scaling.type", "linear").Add($"{Architecture}.rope.scaling.factor", far.GetSingle("factor"));
        }
    }

    private string? GgufName(string name)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Known[_config.ModelType].Names.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            names[line.Split(' ')[0]] = line.Split(' ')[1];
        }

        if (_config.ModelType == "gpt2" && !name.StartsWith("transformer.", StringComparison.Ordinal) && name != "lm_head.weight")
        {
            name = "transformer." + name;
        }

        var (stem, suffix) = (name[..name.LastIndexOf('.')], name[name.LastIndexOf('.')..]);
        var parts = stem.Split('.');
        var number = Array.FindIndex(parts, part => int.TryParse(part, null, out _));
        var found = names.GetValueOrDefault(number < 0 ? stem : string.Join('.', parts[(number + 1)..]));
        return found is null ? null : number < 0 ? found + suffix : $"blk.{parts[number]}.{found}{suffix}";
    }

    private (long[] Shape, float[] Values) Changed(CheckpointTensor tensor, string name)
    {
        var (shape, values) = (tensor.Shape.ToArray(), tensor.ReadSingles());
        var part = name.Split('.')[^2];
        if (_config.ModelType.StartsWith("gemma", StringComparison.Ordinal) && part.EndsWith("norm", StringComparison.Ordinal))
        {
            return (shape, Array.ConvertAll(values, value => value + 1));
        }

        if (_config.ModelType is "llama" or "olmo" or "granite" or "smollm3" && part is "attn_q" or "attn_k")
        {
            return (shape, _config.ModelType is "llama" or "olmo" or "granite" or "smollm3" ? Permuted(shape, values) : values);
        }

        if (part == "attn_qkv" && _config.ModelType == "gpt_neox")
        {
            var rows = values.Chunk(values.Length / (int)shape[0]).ToArray();
            return (shape, [.. Enumerable.Range(0, 3).SelectMany(kind => Enumerable.Range(0, Heads).SelectMany(head => Enumerable.Range(0, HeadWidth).SelectMany(i => rows[(((head * 3) + kind) * HeadWidth) + i])))]);
        }

        return _config.ModelType == "gpt2" && shape.Length == 2 && name.StartsWith("blk.", StringComparison.Ordinal)
            ? ([shape[1], shape[0]], [.. Enumerable.Range(0, (int)shape[1]).SelectMany(column => Enumerable.Range(0, (int)shape[0]).Select(row => values[(row * (int)shape[1]) + column]))])
            : (shape, values);
    }

    /// <summary>weights.reshape(heads, 2, width / 2, columns).swapaxes(1, 2)</summary>
    private float[] Permuted(long[] shape, float[] values)
    {
        var rows = values.Chunk(values.Length / (int)shape[0]).ToArray();
        var half = HeadWidth / 2;
        return [.. Enumerable.Range(0, rows.Length / HeadWidth).SelectMany(head => Enumerable.Range(0, half).SelectMany(i => Enumerable.Range(0, 2).SelectMany(which => rows[(head * HeadWidth) + (which * half) + i])))];
    }
}
