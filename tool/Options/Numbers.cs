using System.CommandLine;
using System.Globalization;

namespace Gptx.Tool.Options;

/// <summary>Options that are numbers; what cannot be read as one is said in a sentence that names no type of .NET.</summary>
internal static class Numbers
{
    public static Option<int?> Whole(string name, string description) => Make(
        name, "N", description, text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : (int?)null, "a whole number");

    public static Option<ulong?> Seed(string name, string description) => Make(
        name, "N", description, text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : (ulong?)null, "a whole number from 0 to 2^64 - 1");

    public static Option<double?> Real(string name, string description) => Make(
        name, "X", description, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (double?)null, "a number");

    /// <summary>Whole numbers between commas; the option may be repeated, and each time gives one list.</summary>
    public static Option<IReadOnlyList<IReadOnlyList<int>>> Lists(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var lists = new List<IReadOnlyList<int>>();
            foreach (var token in result.Tokens)
            {
                if (TryReadList(token.Value) is not { } list)
                {
                    result.AddError($"{name} '{token.Value}' cannot be read: write whole numbers with commas between them, for example 5,7,9");
                    return null;
                }

                lists.Add(list);
            }

            return lists;
        },
    };

    /// <summary>All numbers of all lists.</summary>
    public static int[] Flat(IReadOnlyList<IReadOnlyList<int>>? lists) => [.. (lists ?? []).SelectMany(list => list)];

    /// <summary>Reads 5,7,9 or 5 7 9; null where that is not what stands there.</summary>
    public static IReadOnlyList<int>? TryReadList(string text)
    {
        var parts = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var numbers = new List<int>(parts.Length);
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static Option<T?> Make<T>(string name, string helpName, string description, Func<string, T?> read, string what)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (read(text) is { } value)
                {
                    return value;
                }

                result.AddError($"{name} '{text}' is not {what}");
                return null;
            },
        };
}
