using System.Text.Json;

namespace Gptx.Chat;

/// <summary>Whether a request can be rendered at all.</summary>
internal static class RequestCheck
{
    private static readonly string[] Taken = ["messages", "tools", "documents", "add_generation_prompt"];

    public static void Check(ChatRequest request)
    {
        if (request is { ContinueFinalMessage: true, AddGenerationPrompt: true })
        {
            throw NotContinuable("The last message can be continued only without the generation prompt.");
        }

        if (request is { ContinueFinalMessage: true, Messages.Count: 0 })
        {
            throw NotContinuable("There is no last message to continue: the conversation is empty.");
        }

        if (request.Variables?.Keys.FirstOrDefault(Taken.Contains) is { } name)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "ChatVariableTaken", $"A variable cannot be called '{name}': the request gives that itself.");
        }

        CheckObjects(request.Tools, "ChatToolInvalid", "tool");
        CheckObjects(request.Documents, "ChatDocumentInvalid", "document");
    }

    public static GptxException NotContinuable(string message) => new(GptxErrorKind.InvalidInput, "ChatNotContinuable", message);

    private static void CheckObjects(IReadOnlyList<JsonElement>? elements, string errorId, string what)
    {
        for (var i = 0; i < (elements?.Count ?? 0); i++)
        {
            if (elements![i].ValueKind != JsonValueKind.Object)
            {
                throw new GptxException(GptxErrorKind.InvalidInput, errorId, $"The {what} {i + 1} is no JSON object.");
            }
        }
    }
}
