namespace Gptx.Templates;

/// <summary>Tests that ask whether there is a filter or test of that name, and how a text is written.</summary>
internal static class NameTests
{
    public static readonly Dictionary<string, TemplateTest> All = new()
    {
        ["filter"] = (value, call, run) => call.Places("filter", 0, 0).Count == 0 && value is TextValue name && FilterTable.Find(name.Text) is not null,
        ["test"] = (value, call, run) => call.Places("test", 0, 0).Count == 0 && value is TextValue name && TestTable.Find(name.Text) is not null,
        ["upper"] = (value, call, run) => call.Places("upper", 0, 0).Count == 0 && TextQuestions.IsUpper(Charged(value, run)),
        ["lower"] = (value, call, run) => call.Places("lower", 0, 0).Count == 0 && TextQuestions.IsLower(Charged(value, run)),
    };

    private static string Charged(TemplateValue value, Rendering run)
    {
        var text = value.Printed(run);
        run.Budget.Characters(text.Length * 8L);
        return text;
    }
}
