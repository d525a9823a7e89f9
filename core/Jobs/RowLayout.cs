namespace Gptx.Jobs;

/// <summary>What a row of the output is.</summary>
public enum RowLayout
{
    /// <summary>A text; tokens, candidates and continuations are lists in it. The default: one row in is one row out.</summary>
    Text,

    /// <summary>A token, candidate or continuation of a text: named by <c>rowId</c> and <c>part</c>.</summary>
    Part,
}
