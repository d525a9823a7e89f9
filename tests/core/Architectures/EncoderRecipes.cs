namespace Gptx.Tests.Architectures;

/// <summary>Small configs of encoders, with options that files on the hub have.</summary>
internal static class EncoderRecipes
{
    public static readonly Dictionary<string, Dictionary<string, object?>> All = new(StringComparer.Ordinal)
    {
        ["bert"] = Bert("bert", "BertForMaskedLM"),
        ["bert without classes"] = Bert("bert", "BertModel"),
        ["bert classes"] = Bert("bert", "BertForSequenceClassification", ("num_labels", 3), ("hidden_act", "relu")),
        ["bert untied"] = Bert("bert", "BertForMaskedLM", ("tie_word_embeddings", false)),
        ["roberta"] = Bert("roberta", "RobertaForMaskedLM", ("pad_token_id", 1)),
        ["roberta classes"] = Bert("roberta", "RobertaForSequenceClassification", ("pad_token_id", 0)),
        ["xlm-roberta"] = Bert("xlm-roberta", "XLMRobertaForTokenClassification", ("pad_token_id", 1)),
        ["mpnet"] = Bert("mpnet", "MPNetForMaskedLM"),
        ["electra"] = Bert("electra", "ElectraForPreTraining", ("embedding_size", 24)),
        ["electra classes"] = Bert("electra", "ElectraForSequenceClassification", ("embedding_size", 16)),
        ["albert"] = Bert("albert", "AlbertForMaskedLM", ("embedding_size", 8), ("num_hidden_layers", 4), ("num_hidden_groups", 2), ("inner_group_num", 2)),
        ["distilbert"] = new(StringComparer.Ordinal)
        {
            ["architectures"] = new[] { "DistilBertForQuestionAnswering" },
            ["model_type"] = "distilbert",
            ["dim"] = 16,
            ["n_heads"] = 2,
            ["n_layers"] = 2,
            ["hidden_dim"] = 24,
            ["vocab_size"] = 31,
            ["max_position_embeddings"] = 24,
        },
        ["modernbert"] = ModernBert("ModernBertForMaskedLM", ("local_attention", 4), ("norm_bias", true), ("attention_bias", true), ("mlp_bias", true)),
        ["modernbert classes"] = ModernBert("ModernBertForSequenceClassification", ("local_attention", 4), ("classifier_pooling", "mean"), ("classifier_bias", true)),
    };

    public static Dictionary<string, object?> Bert(string type, string architecture, params IReadOnlyList<(string Key, object? Value)> more)
    {
        var config = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["architectures"] = new[] { architecture },
            ["model_type"] = type,
            ["hidden_size"] = 16,
            ["num_attention_heads"] = 2,
            ["num_hidden_layers"] = 2,
            ["intermediate_size"] = 24,
            ["vocab_size"] = 31,
            ["max_position_embeddings"] = 24,
            ["type_vocab_size"] = 2,
        };
        return With(config, more);
    }

    private static Dictionary<string, object?> ModernBert(string architecture, params IReadOnlyList<(string Key, object? Value)> more) => With(
        Bert("modernbert", architecture, ("num_hidden_layers", 4), ("global_attn_every_n_layers", 2)), more);

    private static Dictionary<string, object?> With(Dictionary<string, object?> config, IReadOnlyList<(string Key, object? Value)> more)
    {
        foreach (var (key, value) in more)
        {
            config[key] = value;
        }

        return config;
    }
}
