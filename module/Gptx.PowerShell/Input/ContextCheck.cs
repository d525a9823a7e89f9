using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Looks whether a model can read a text, and warns once of those that go past what it was made for.</summary>
/// <param name="warn">Takes the warning: the cmdlet's WriteWarning.</param>
internal sealed class ContextCheck(Action<string> warn)
{
    private bool _hasWarned;

    /// <summary>Looks at a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="growth">How many tokens are added to it.</param>
    /// <exception cref="GptxException">It is too long.</exception>
    public void Check(LanguageModel model, TokenSequence text, int growth = 0)
    {
        TokenCheck.Row(text.Ids, model.Shape);
        if (!_hasWarned && TokenCheck.PastContext(text.Count + growth, model.Shape) is { } warning)
        {
            _hasWarned = true;
            warn(warning);
        }
    }
}
