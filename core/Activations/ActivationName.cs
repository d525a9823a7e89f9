using System.Globalization;

namespace Gptx.Activations;

/// <summary>The names of activations, as interpretability work writes them (TransformerLens), the same for every architecture.</summary>
public static class ActivationName
{
    /// <summary>Token embeddings, [batch, position, model].</summary>
    public const string Embed = "embed";

    /// <summary>Position embeddings, [batch, position, model].</summary>
    public const string PositionEmbed = "pos_embed";

    /// <summary>Embeddings of the kind of a token (first or second text), [batch, position, model].</summary>
    public const string TokenTypeEmbed = "token_type_embed";

    /// <summary>What leaves the last norm, [batch, position, model].</summary>
    public const string FinalNorm = "final_norm";

    /// <summary>One score for each entry of the vocabulary, [batch, position, vocabulary].</summary>
    public const string Logits = "logits";

    /// <summary>What a BERT's pooler makes of the first token, [batch, model].</summary>
    public const string PoolerOutput = "pooler_output";

    /// <summary>A score for each token as the first of an answer, [batch, position, 1].</summary>
    public const string StartLogits = "start_logits";

    /// <summary>A score for each token as the last of an answer, [batch, position, 1].</summary>
    public const string EndLogits = "end_logits";

    /// <summary>The residual stream where it enters a block.</summary>
    public static string ResidPre(int block) => $"blocks.{block}.resid_pre";

    /// <summary>The residual stream between attention and feed-forward layer.</summary>
    public static string ResidMid(int block) => $"blocks.{block}.resid_mid";

    /// <summary>The residual stream where it leaves a block.</summary>
    public static string ResidPost(int block) => $"blocks.{block}.resid_post";

    /// <summary>What attention adds to the residual stream, [batch, position, model].</summary>
    public static string AttentionOut(int block) => $"blocks.{block}.attn_out";

    /// <summary>What the feed-forward layer adds to the residual stream, [batch, position, model].</summary>
    public static string MlpOut(int block) => $"blocks.{block}.mlp_out";

    /// <summary>What each head gathers, before the output projection, [batch, position, head, head_dim].</summary>
    public static string Z(int block) => $"blocks.{block}.attn.z";

    /// <summary>The attention pattern: probabilities after softmax, [batch, head, query, key].</summary>
    public static string Pattern(int block) => $"blocks.{block}.attn.pattern";

    /// <summary>The activation that is hidden state <paramref name="layer"/> as transformers counts them: 0 the embeddings, <paramref name="blocks"/> after the final norm.</summary>
    public static string HiddenState(int layer, int blocks) =>
        layer == blocks ? FinalNorm : layer == 0 ? ResidPre(0) : ResidPost(layer - 1);

    /// <summary>The block that a name speaks of, or null for <c>embed</c>, <c>final_norm</c> and the like.</summary>
    public static int? BlockOf(string name) =>
        name.Split('.') is ["blocks", var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var block) ? block : null;
}
