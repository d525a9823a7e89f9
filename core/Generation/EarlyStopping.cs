namespace Gptx.Generation;

/// <summary>When beam search ends before the most tokens are reached; the three values that transformers knows.</summary>
public enum EarlyStopping
{
    /// <summary>
    /// It ends when there are as many finished texts as beams and the best running one, scored as if it ended now, is no better than the worst of them.
    /// </summary>
    False,

    /// <summary>It ends as soon as there are as many finished texts as beams.</summary>
    True,

    /// <summary>As <see cref="False"/>, but with a length penalty above 0 the best running text is scored as if nothing were lost until the most tokens: nothing better can be missed.</summary>
    Never,
}
