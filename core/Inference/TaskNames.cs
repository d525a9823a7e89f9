using Gptx.Architectures;

namespace Gptx.Inference;

/// <summary>What models are made for, in words, and the commands that use it.</summary>
internal static class TaskNames
{
    /// <summary>What a model of that task does, as the end of "a model that".</summary>
    public static string Of(ModelTask task) => task switch
    {
        ModelTask.NextToken => "says what comes next",
        ModelTask.FillMask => "fills masks",
        ModelTask.ClassifyText => "classifies texts",
        ModelTask.ClassifyTokens => "classifies tokens",
        ModelTask.AnswerQuestion => "answers questions about a text",
        ModelTask.DetectReplaced => "detects replaced tokens",
        _ => "encodes texts and has no head",
    };

    /// <summary>The commands for a model of that task.</summary>
    public static string Commands(ModelTask task) => task switch
    {
        ModelTask.NextToken => "generate, next, score",
        ModelTask.FillMask => "fill",
        ModelTask.ClassifyText => "classify",
        ModelTask.ClassifyTokens or ModelTask.DetectReplaced => "tag",
        ModelTask.AnswerQuestion => "answer",
        _ => "embed",
    };
}
