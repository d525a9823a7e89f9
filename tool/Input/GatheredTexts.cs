using Gptx.Inference;
using Gptx.Tool.Options;

namespace Gptx.Tool.Input;

/// <summary>All texts of the input, for commands whose result is of them together.</summary>
internal static class GatheredTexts
{
    /// <summary>Reads them; those that cannot be read are reported, and the exit code says so.</summary>
    public static (int Code, IReadOnlyList<TokenSequence> Texts) Of(Invocation run, LanguageModel model, TextOptions options)
    {
        var texts = new List<TokenSequence>();
        var code = new RowRun(run, model, options).Process(options.Rows(run), group => texts.AddRange(group.Select(row => row.Tokens)));
        return (code, texts);
    }
}
