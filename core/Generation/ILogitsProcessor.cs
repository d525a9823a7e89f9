namespace Gptx.Generation;

/// <summary>
/// One step between a model's logits and the draw: it changes logits in place, and writes minus infinity where a token may not come.
/// Steps have no state: the same logits and context give the same result.
/// </summary>
public interface ILogitsProcessor
{
    /// <summary>The field's word for it: <c>temperature</c>, <c>top-k</c>, ...</summary>
    string Name { get; }

    /// <summary>The name and its value, for example <c>top-p 0.95</c>.</summary>
    string Description { get; }

    /// <summary>Changes <paramref name="logits"/> ([vocab]) in place.</summary>
    void Process(Span<float> logits, in SamplingContext context);
}
