namespace Gptx.Templates;

/// <summary>Methods that ask what characters a text is made of; an empty one is made of none.</summary>
internal static class TextQuestions
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["isalpha"] = Each(PythonCharacters.IsLetter),
        ["isalnum"] = Each(PythonCharacters.IsAlphanumeric),
        ["isdecimal"] = Each(PythonCharacters.IsDecimal),
        ["isdigit"] = Each(PythonCharacters.IsDigit),
        ["isnumeric"] = Each(PythonCharacters.IsNumeric),
        ["isspace"] = Each(codePoint => codePoint <= 0xFFFF && PythonCharacters.IsSpace((char)codePoint)),
        ["isprintable"] = Each(PythonCharacters.IsPrintable, ofEmpty: true),
        ["isascii"] = Each(codePoint => codePoint < 0x80, ofEmpty: true),
        ["isidentifier"] = (text, call, run) => Asked(text, call, "isidentifier", run, IsIdentifier(text.Text)),
        ["isupper"] = (text, call, run) => Asked(text, call, "isupper", run, IsUpper(text.Text)),
        ["islower"] = (text, call, run) => Asked(text, call, "islower", run, IsLower(text.Text)),
        ["istitle"] = (text, call, run) => Asked(text, call, "istitle", run, IsTitle(text.Text)),
    };

    public static bool IsUpper(string text) => OfCase(text, PythonCharacters.IsUpper, PythonCharacters.IsLower);

    public static bool IsLower(string text) => OfCase(text, PythonCharacters.IsLower, PythonCharacters.IsUpper);

    public static bool IsIdentifier(string text) => text.Length > 0 && PythonCharacters.CodePoints(text).Select((codePoint, index) => index == 0 ? PythonCharacters.StartsName(codePoint) : PythonCharacters.ContinuesName(codePoint)).All(fits => fits);

    private static bool OfCase(string text, Func<int, bool> wanted, Func<int, bool> other)
    {
        var found = false;
        foreach (var codePoint in PythonCharacters.CodePoints(text))
        {
            if (other(codePoint) || PythonCharacters.IsTitle(codePoint))
            {
                return false;
            }

            found |= wanted(codePoint);
        }

        return found;
    }

    private static bool IsTitle(string text)
    {
        var (found, inWord) = (false, false);
        foreach (var codePoint in PythonCharacters.CodePoints(text))
        {
            var isCapital = PythonCharacters.IsUpper(codePoint) || PythonCharacters.IsTitle(codePoint);
            if (isCapital ? inWord : PythonCharacters.IsLower(codePoint) && !inWord)
            {
                return false;
            }

            inWord = PythonCase.IsCased(codePoint);
            found |= inWord;
        }

        return found;
    }

    private static ValueMethod<TextValue> Each(Func<int, bool> holds, bool ofEmpty = false) => (text, call, run) =>
        Asked(text, call, "is...", run, text.Text.Length == 0 ? ofEmpty : PythonCharacters.CodePoints(text.Text).All(holds));

    private static BooleanValue Asked(TextValue text, CallArguments call, string name, Rendering run, bool answer)
    {
        call.Places($"str.{name}", 0, 0);
        run.Budget.Characters(text.Text.Length * 8L);
        return BooleanValue.Of(answer);
    }
}
