namespace Gptx.Templates;

/// <summary><c>dict(...)</c>: of another dictionary or of pairs, and of arguments by name.</summary>
internal static class DictionaryFunction
{
    public static TemplateValue Call(CallArguments call, Rendering run) => Make(call, run, _ => { });

    public static DictionaryValue Make(CallArguments call, Rendering run, Action<TemplateValue> check)
    {
        var made = new DictionaryValue(run);
        if (call.Positional.Count > 1)
        {
            throw TemplateFault.Type($"dict expected at most 1 argument, got {call.Positional.Count}");
        }

        if (call.Positional.Count == 1)
        {
            Fill(made, call.Positional[0], check, run);
        }

        foreach (var (name, value) in call.Named)
        {
            var key = new TextValue(name);
            check(key);
            made.Set(key, value);
        }

        return made;
    }

    private static void Fill(DictionaryValue made, TemplateValue source, Action<TemplateValue> check, Rendering run)
    {
        if (source is DictionaryValue dictionary)
        {
            foreach (var (key, value) in dictionary.Pairs)
            {
                run.Budget.Step();
                check(key);
                made.Set(key, value);
            }

            return;
        }

        using var elements = source.Iterate(run);
        for (var i = 0; elements.MoveNext(); i++)
        {
            run.Budget.Step();
            var pair = elements.Current.Elements(run) is null
                ? throw TemplateFault.Type($"cannot convert dictionary update sequence element #{i} to a sequence")
                : Unpacking.Values(elements.Current, 2, run);
            check(pair[0]);
            made.Set(pair[0], pair[1]);
        }
    }
}
