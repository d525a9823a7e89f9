using Gptx.Templates;

namespace Gptx.Chat;

/// <summary>
/// A last message that the model is to go on with: a mark is put at its end before the template runs, and the text is cut there. White space at the message's end goes
/// where the template takes it.
/// </summary>
internal sealed class ContinuedMessage
{
    private const string Sign = "CONTINUE_FINAL_MESSAGE_TAG ";
    private string _message = "";

    public void Mark(List<TemplateValue> messages)
    {
        var last = (DictionaryValue)messages[^1];
        switch (last.Get("content"))
        {
            case TextValue text:
                last.Set(new TextValue("content"), Marked(text));
                break;
            case ListValue parts when parts.Items.FindLastIndex(part => part is DictionaryValue block && block.Get("text") is TextValue) is var place and >= 0:
                var part = (DictionaryValue)parts.Items[place];
                part.Set(new TextValue("text"), Marked((TextValue)part.Get("text")!));
                break;
            default:
                throw RequestCheck.NotContinuable("The last message has no text that could be continued.");
        }
    }

    public string Cut(string rendered)
    {
        var place = rendered.LastIndexOf(Sign.TrimEnd(), StringComparison.Ordinal);
        if (place < 0 || !rendered.Contains(Trimmed(_message), StringComparison.Ordinal))
        {
            throw RequestCheck.NotContinuable("The last message cannot be continued: the template does not write it as it is.");
        }

        var before = rendered[..place];
        return string.CompareOrdinal(rendered, place, Sign, 0, Sign.Length) == 0 ? before : before[..EndOf(before)];
    }

    private TextValue Marked(TextValue text)
    {
        _message = text.Text;
        return new TextValue(text.Text + Sign);
    }

    private static string Trimmed(string text)
    {
        var end = EndOf(text);
        var start = 0;
        while (start < end && PythonCharacters.IsSpace(text[start]))
        {
            start++;
        }

        return text[start..end];
    }

    private static int EndOf(string text)
    {
        var end = text.Length;
        while (end > 0 && PythonCharacters.IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
