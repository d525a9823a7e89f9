namespace Gptx.Templates;

/// <summary>Methods of dictionaries; those that would change one are refused.</summary>
internal static class DictionaryMethods
{
    private static readonly MethodTable<DictionaryValue> Table = new(
        new()
        {
            ["copy"] = (dictionary, call, run) =>
            {
                call.Places("dict.copy", 0, 0);
                var copy = new DictionaryValue(run);
                foreach (var (key, value) in dictionary.Pairs)
                {
                    copy.Set(key, value);
                }

                return copy;
            },
            ["fromkeys"] = (_, call, run) => FromKeys(call, run),
            ["get"] = (dictionary, call, _) =>
            {
                var given = call.Places("get", 1, 2);
                return dictionary.Get(given[0]) ?? (given.Count > 1 ? given[1] : NoneValue.Instance);
            },
            ["items"] = (dictionary, call, _) => View(dictionary, DictionaryPart.Items, call),
            ["keys"] = (dictionary, call, _) => View(dictionary, DictionaryPart.Keys, call),
            ["values"] = (dictionary, call, _) => View(dictionary, DictionaryPart.Values, call),
        },
        "clear",
        "pop",
        "popitem",
        "setdefault",
        "update");

    public static TemplateValue? Find(DictionaryValue dictionary, string name) => Table.Find(dictionary, name);

    /// <summary><c>dict.fromkeys(keys, value)</c>.</summary>
    public static TemplateValue FromKeys(CallArguments call, Rendering run)
    {
        var given = call.Places("fromkeys", 1, 2);
        var made = new DictionaryValue(run);
        using var keys = given[0].Iterate(run);
        while (keys.MoveNext())
        {
            run.Budget.Step();
            made.Set(keys.Current, given.Count > 1 ? given[1] : NoneValue.Instance);
        }

        return made;
    }

    private static DictionaryView View(DictionaryValue dictionary, DictionaryPart part, CallArguments call)
    {
        call.Places($"dict.{part.ToString().ToLowerInvariant()}", 0, 0);
        return new DictionaryView(dictionary, part);
    }
}
