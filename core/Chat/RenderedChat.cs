namespace Gptx.Chat;

/// <summary>A conversation as the text that a model reads.</summary>
/// <param name="Text">The text.</param>
/// <param name="GenerationSpans">What the assistant said, where the template marks it with <c>{% generation %}</c>, in the order in which it was rendered; else empty.</param>
public sealed record RenderedChat(string Text, IReadOnlyList<GenerationSpan> GenerationSpans);

/// <summary>A stretch of a rendered text that the assistant said. Its ends are given twice, since tokenizers of other languages count code points.</summary>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="CodePointStart">Where it starts, in code points.</param>
/// <param name="CodePointEnd">Where it ends, in code points; the end does not belong to it.</param>
public readonly record struct GenerationSpan(int Start, int Length, int CodePointStart, int CodePointEnd);
