using System.Text.Json.Nodes;

namespace Gptx.Checkpoints;

/// <summary>
/// BERT's encoders as llama.cpp keeps them for embeddings: without pooler and heads. RoBERTa's go by this name too: their first rows of positions are cut
/// away there, so that they count from 0 as BERT does.
/// </summary>
internal sealed class GgufBert : GgufArchitecture
{
    /// <inheritdoc/>
    public override string Name => "bert";

    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = new(
        "encoder.layer.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token_embd"] = "embeddings.word_embeddings",
            ["token_types"] = "embeddings.token_type_embeddings",
            ["position_embd"] = "embeddings.position_embeddings",
            ["token_embd_norm"] = "embeddings.LayerNorm",
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["attn_q"] = "attention.self.query",
            ["attn_k"] = "attention.self.key",
            ["attn_v"] = "attention.self.value",
            ["attn_output"] = "attention.output.dense",
            ["attn_output_norm"] = "attention.output.LayerNorm",
            ["ffn_up"] = "intermediate.dense",
            ["ffn_down"] = "output.dense",
            ["layer_output_norm"] = "output.LayerNorm",
        });

    /// <inheritdoc/>
    public override void Describe(GgufConfig config)
    {
        if (config.FindBoolean("attention.causal") == true)
        {
            throw config.NotSupported("an encoder whose attention is causal is not supported");
        }

        if (config.Has("cls.weight") || config.Has("cls.output.weight"))
        {
            throw config.NotSupported("a head that classifies or ranks (cls) is not supported in GGUF: convert the checkpoint that it was made from");
        }

        config["model_type"] = "bert";
        config["architectures"] = new JsonArray("BertModel");
        config["vocab_size"] = Rows(config, "token_embd.weight");
        config["type_vocab_size"] = Rows(config, "token_types.weight");
        config["max_position_embeddings"] = Rows(config, "position_embd.weight");
        config["hidden_size"] = config.Size("embedding_length");
        config["num_hidden_layers"] = config.Size("block_count");
        config["num_attention_heads"] = config.Size("attention.head_count");
        config["intermediate_size"] = config.Size("feed_forward_length");
        config["layer_norm_eps"] = GgufConfig.ToJson(config.Number("attention.layer_norm_epsilon"));
        config["hidden_act"] = "gelu";
        config["position_embedding_type"] = "absolute";
    }

    private static int Rows(GgufConfig config, string name)
    {
        var table = config.File.GetTensor(name);
        return table.Shape is [var rows and <= int.MaxValue, _] ? (int)rows : throw ShapeWrong(config, table, "[entries, width]");
    }
}
