using System.CommandLine;

namespace Gptx.Tool.Options;

/// <summary>An option that is one of a few words: the names of an enum's values.</summary>
internal static class Choice
{
    public static Option<T?> Of<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (Array.IndexOf(words, text.ToLowerInvariant()) is >= 0 and var index)
                {
                    return Enum.GetValues<T>()[index];
                }

                result.AddError($"{name} '{text}' is not known: it may be {string.Join(", ", words)}");
                return null;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>Several of a few words.</summary>
    public static T[]? Several<T>(string name, System.CommandLine.Parsing.ArgumentResult result)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var places = result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => (Text: text, Place: Array.IndexOf(words, text.ToLowerInvariant()))).ToList();
        if (places.FirstOrDefault(place => place.Place < 0) is { Text: { } wrong })
        {
            result.AddError($"{name} '{wrong}' is not known: it may be {string.Join(", ", words)}");
            return null;
        }

        return [.. places.Select(place => Enum.GetValues<T>()[place.Place])];
    }
}
