using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tool.Output;

/// <summary>Generated text as text: the prompt, what follows it, and a line end.</summary>
internal sealed class GeneratedPage(TextWriter writer, LanguageModel model, bool withPrompt, Surroundings? forTerminal)
{
    private const string Dim = "\u001b[2m";
    private const string Plain = "\u001b[0m";

    /// <summary>Writes while the steps come.</summary>
    public void Live(TokenSequence prompt, IEnumerable<GenerationStep> steps)
    {
        var began = false;
        try
        {
            foreach (var step in steps)
            {
                if (!began)
                {
                    WritePrompt(prompt);
                    began = true;
                }

                writer.Write(Shown(model.Tokenizer is null ? $",{step.Token.Id}" : step.Text));
                writer.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            EndLine();
            throw;
        }

        EndLine();
    }

    private void EndLine()
    {
        writer.Write('\n');
        writer.Flush();
    }

    /// <summary>Writes a finished text.</summary>
    public void Write(TokenSequence prompt, GeneratedText text)
    {
        if (forTerminal is not null && text.Settings.Count > 1)
        {
            writer.Write($"--- {text.Continuation + 1} of {text.Settings.Count} ---\n");
        }

        WritePrompt(prompt);
        writer.Write(Shown(model.Tokenizer is null ? string.Concat(text.Tokens.Select(token => $",{token.Id}")) : text.Text));
        writer.Write('\n');
        writer.Flush();
    }

    private void WritePrompt(TokenSequence prompt)
    {
        if (!withPrompt)
        {
            return;
        }

        var text = Shown(prompt.Text ?? model.Tokenizer?.Decode(prompt.Ids) ?? prompt.Label);
        writer.Write(forTerminal is { Colour: true } ? Dim + text + Plain : text);
    }

    private string Shown(string text) => forTerminal is null ? JsonValue.WellFormed(text) : VisibleText.Running(text);
}
