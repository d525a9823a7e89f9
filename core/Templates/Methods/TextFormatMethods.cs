namespace Gptx.Templates;

/// <summary>Methods that put values into text, and <c>encode</c>.</summary>
internal static class TextFormatMethods
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["format"] = (text, call, run) => new BraceFormat(text, call, mapping: null, run).Write(),
        ["format_map"] = (text, call, run) =>
        {
            var given = call.Places("format_map", 1, 1)[0];
            var mapping = given as DictionaryValue ?? (given is UndefinedValue undefined ? throw undefined.Fault() : throw TemplateFault.Type($"'{given.TypeName}' object is not a mapping"));
            return new BraceFormat(text, CallArguments.None, mapping, run).Write();
        },
        ["encode"] = (text, call, run) =>
        {
            var bound = call.Bind("encode", 0, "encoding", "errors");
            run.Budget.Text(text.Text.Length * 3L);
            return new BytesValue(Encodings.Encode(text.Text, Arguments.Text(bound[0], "utf-8", "encode"), Arguments.Text(bound[1], "strict", "encode")));
        },
        ["maketrans"] = MakeTranslation,
    };

    private static DictionaryValue MakeTranslation(TextValue text, CallArguments call, Rendering run)
    {
        var given = call.Places("maketrans", 1, 3);
        var table = new DictionaryValue(run);
        if (given.Count == 1)
        {
            if (given[0] is not DictionaryValue dictionary)
            {
                throw TemplateFault.Type("if you give only one argument to maketrans it must be a dict");
            }

            foreach (var (key, value) in dictionary.Pairs)
            {
                table.Set(key is TextValue letter ? IntegerValue.Of(OneCharacter(letter)) : key, value);
            }

            return table;
        }

        int[] from = [.. PythonCharacters.CodePoints(Arguments.Text(given[0], "", "maketrans"))];
        int[] to = [.. PythonCharacters.CodePoints(Arguments.Text(given[1], "", "maketrans"))];
        if (from.Length != to.Length)
        {
            throw TemplateFault.Value("the first two maketrans arguments must have equal length");
        }

        for (var i = 0; i < from.Length; i++)
        {
            table.Set(IntegerValue.Of(from[i]), IntegerValue.Of(to[i]));
        }

        foreach (var gone in PythonCharacters.CodePoints(given.Count > 2 ? Arguments.Text(given[2], "", "maketrans") : ""))
        {
            table.Set(IntegerValue.Of(gone), NoneValue.Instance);
        }

        return table;
    }

    private static int OneCharacter(TextValue text) => PythonCharacters.CodePoints(text.Text).ToArray() is [var codePoint]
        ? codePoint
        : throw TemplateFault.Value("string keys in translate table must be of length 1");
}
