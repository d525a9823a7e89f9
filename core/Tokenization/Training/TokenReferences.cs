using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Tokenization.Training;

/// <summary>Post-processor and padding name tokens with their ids; in a new vocabulary the names stay and the ids do not.</summary>
internal sealed class TokenReferences(IReadOnlyList<string> specialTokens)
{
    /// <summary>A member <c>padding</c> with the ids of the new vocabulary.</summary>
    public JsonElement? OfPadding(JsonPart? padding)
    {
        if (padding is null)
        {
            return null;
        }

        JsonObject changed = Copy(padding);
        changed["pad_id"] = JsonValue.Create(IdOf(padding.Member("pad_token")));
        return ElementOf(changed);
    }

    /// <summary>A member <c>post_processor</c> with the ids of the new vocabulary.</summary>
    public JsonElement? OfPostProcessor(JsonPart? processor) => processor is null ? null : ElementOf(Processor(processor));

    private JsonObject Processor(JsonPart part)
    {
        JsonObject changed = Copy(part);
        switch (part.Type)
        {
            case "BertProcessing" or "RobertaProcessing":
                foreach (string name in (string[])["sep", "cls"])
                {
                    JsonPart token = part.Member(name).Items()[0];
                    changed[name] = new JsonArray(JsonValue.Create(token.Text()), JsonValue.Create(IdOf(token)));
                }

                break;
            case "TemplateProcessing":
                var tokens = new JsonObject();
                foreach ((string name, JsonPart token) in part.Member("special_tokens").Members())
                {
                    JsonObject entry = Copy(token);
                    entry["ids"] = new JsonArray([.. token.Member("tokens").Items().Select(text => JsonValue.Create(IdOf(text)))]);
                    tokens[name] = entry;
                }

                changed["special_tokens"] = tokens;
                break;
            case "Sequence":
                changed["processors"] = new JsonArray([.. part.Member("processors").Items().Select(Processor)]);
                break;
        }

        return changed;
    }

    // Of a name given twice the last counts, as where tokenizers are read.
    private static JsonObject Copy(JsonPart part)
    {
        var copy = new JsonObject();
        foreach ((string name, JsonPart value) in part.Members())
        {
            copy[name] = value.Element.ValueKind switch
            {
                JsonValueKind.Object => JsonObject.Create(value.Element),
                JsonValueKind.Array => JsonArray.Create(value.Element),
                _ => JsonValue.Create(value.Element),
            };
        }

        return copy;
    }

    private int IdOf(JsonPart token)
    {
        string text = token.Text();
        for (int id = 0; id < specialTokens.Count; id++)
        {
            if (specialTokens[id] == text)
            {
                return id;
            }
        }

        throw new GptxException(
            GptxErrorKind.InvalidArgument, "SpecialTokenMissing", $"{token.Path} needs the token '{text}', which is not among the special tokens asked for: name it there too");
    }

    private static JsonElement ElementOf(JsonObject json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
