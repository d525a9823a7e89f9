using System.Globalization;
using Gptx.Activations;
using Gptx.Architectures;

namespace Gptx.Inference.Verification;

/// <summary>Which activation a reference tensor of transformers is.</summary>
internal static class ReferenceTensor
{
    /// <summary>The activation's name, or null if the model has none such.</summary>
    /// <param name="name">The tensor's name without the run, for example <c>hidden_states.2</c>.</param>
    /// <param name="shape">The model's sizes.</param>
    /// <param name="available">The model's activations.</param>
    public static string? ActivationOf(string name, ModelShape shape, IReadOnlyList<string> available) =>
        NameOf(name, shape) is { } activation && available.Contains(activation) ? activation : null;

    private static string? NameOf(string name, ModelShape shape) => name.Split('.') switch
    {
        ["logits"] => ActivationName.Logits,
        ["last_hidden_state"] => ActivationName.FinalNorm,
        ["pooler_output"] => ActivationName.PoolerOutput,
        ["start_logits"] => ActivationName.StartLogits,
        ["end_logits"] => ActivationName.EndLogits,
        ["hidden_states", var text] when Index(text) is { } layer && layer <= shape.Blocks => ActivationName.HiddenState(layer, shape.Blocks),
        ["attentions", var text] when Index(text) is { } block && block < shape.Blocks => ActivationName.Pattern(block),
        _ => null,
    };

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
