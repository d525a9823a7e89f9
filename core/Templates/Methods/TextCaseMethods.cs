namespace Gptx.Templates;

/// <summary>Methods of text about capitals and small letters.</summary>
internal static class TextCaseMethods
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["upper"] = Mapped("upper", PythonCase.Upper),
        ["lower"] = Mapped("lower", PythonCase.Lower),
        ["casefold"] = Mapped("casefold", PythonCase.Fold),
        ["swapcase"] = Mapped("swapcase", PythonCase.Swap),
        ["capitalize"] = Mapped("capitalize", PythonCase.Capitalize),
        ["title"] = Mapped("title", PythonCase.Title),
    };

    private static ValueMethod<TextValue> Mapped(string name, Func<string, string> map) => (text, call, run) =>
    {
        call.Places($"str.{name}", 0, 0);
        run.Budget.Text(text.Text.Length * 3L);
        return text.With(map(text.Text));
    };
}
