namespace Gptx.Checkpoints;

/// <summary>What most causal decoders have in common in GGUF: Llama's keys and names.</summary>
/// <param name="name">What <c>general.architecture</c> says.</param>
/// <param name="modelType">The <c>model_type</c> of its config.json.</param>
/// <param name="modelClass">The class that its config.json names.</param>
internal abstract class GgufDecoder(string name, string modelType, string modelClass) : GgufArchitecture
{
    /// <inheritdoc/>
    public sealed override string Name => name;

    /// <inheritdoc/>
    protected override GgufTensorNames Names => GgufTensorNames.Llama;

    /// <summary>Whether the rows of queries and keys are stored in llama.cpp's order (<see cref="RowOrder.OfRotaryPairs"/>).</summary>
    protected virtual bool HasPermutedHeads => false;

    /// <summary>The nonlinearity of the feed-forward layers, which GGUF does not name.</summary>
    protected virtual string Nonlinearity => "silu";

    /// <summary>The key under which config.json has the epsilon of norms, and that of the metadata.</summary>
    protected virtual (string Key, string From) Epsilon => ("rms_norm_eps", "attention.layer_norm_rms_epsilon");

    /// <inheritdoc/>
    public sealed override void Describe(GgufConfig config)
    {
        RefuseWhatIsNotSupported(config);
        config["model_type"] = modelType;
        config["architectures"] = new System.Text.Json.Nodes.JsonArray(modelClass);
        config["vocab_size"] = VocabularySize(config);
        config["hidden_size"] = config.Size("embedding_length");
        config["num_hidden_layers"] = config.Size("block_count");
        config["intermediate_size"] = config.Size("feed_forward_length");
        config["num_attention_heads"] = config.Size("attention.head_count");
        config["num_key_value_heads"] = config.FindSize("attention.head_count_kv") ?? config.Size("attention.head_count");
        config["head_dim"] = HeadWidth(config);
        config["max_position_embeddings"] = config.Size("context_length");
        config["hidden_act"] = Nonlinearity;
        config[Epsilon.Key] = GgufConfig.ToJson(config.Number(Epsilon.From));
        config["tie_word_embeddings"] = !config.Has("output.weight");
        config["attention_bias"] = config.Has("blk.0.attn_q.bias") || config.Has("blk.0.attn_qkv.bias");
        config["mlp_bias"] = config.Has("blk.0.ffn_up.bias");
        GgufRotary.Describe(config, HeadWidth(config));
        Complete(config);
    }

    /// <inheritdoc/>
    public override IEnumerable<CheckpointTensor>? Convert(GgufConfig config, GgufTensorName name, CheckpointTensor tensor) =>
        GgufRotary.IsPartOfConfig(name) ? [] : base.Convert(config, name, tensor);

    /// <summary>Writes what only this architecture has.</summary>
    protected virtual void Complete(GgufConfig config)
    {
    }

    /// <inheritdoc/>
    protected override TensorChange? Change(GgufConfig config, GgufTensorName name, CheckpointTensor tensor)
    {
        if (!HasPermutedHeads || name.Part is not ("attn_q" or "attn_k"))
        {
            return null;
        }

        var head = HeadWidth(config);
        return head % 2 == 0 && tensor.Shape[0] % head == 0 && tensor.Shape.Count <= 2
            ? RowOrder.OfRotaryPairs(head)
            : throw ShapeWrong(config, tensor, $"whole heads of {head} rows, an even number");
    }

    /// <summary>The width of a head: <c>attention.key_length</c>, else its share of the width.</summary>
    protected static int HeadWidth(GgufConfig config)
    {
        var (width, heads) = (config.Size("embedding_length"), config.Size("attention.head_count"));
        if (config.FindSize("attention.key_length") is not { } own)
        {
            return width % heads == 0 ? width / heads : throw config.OutOfRange("attention.head_count", heads, $"a divisor of the width {width}");
        }

        var values = config.FindSize("attention.value_length") ?? own;
        return values == own ? own : throw config.NotSupported($"heads whose keys have {own} numbers and values {values} are not supported");
    }

    private static int VocabularySize(GgufConfig config)
    {
        var table = config.File.GetTensor("token_embd.weight");
        return table.Shape is [var rows and <= int.MaxValue, _] ? (int)rows : throw ShapeWrong(config, table, "[vocabulary, width]");
    }

    private static void RefuseWhatIsNotSupported(GgufConfig config)
    {
        if (config.FindNumber("expert_count") is > 0)
        {
            throw config.NotSupported("a mixture of experts is not supported");
        }

        if (config.FindBoolean("attention.causal") == false)
        {
            throw config.NotSupported("a decoder whose attention is not causal is not supported");
        }

        if (config.FindNumber("attention.max_alibi_bias") is > 0)
        {
            throw config.NotSupported("ALiBi position biases are not supported");
        }
    }
}
