namespace Gptx.Templates;

/// <summary>The arguments of a call, those by place and those by name.</summary>
internal sealed class CallArguments(IReadOnlyList<TemplateValue> positional, IReadOnlyList<KeyValuePair<string, TemplateValue>> named)
{
    public static readonly CallArguments None = new([], []);

    public IReadOnlyList<TemplateValue> Positional { get; } = positional;

    public IReadOnlyList<KeyValuePair<string, TemplateValue>> Named { get; } = named;

    public static CallArguments Of(params TemplateValue[] positional) => new(positional, []);

    /// <summary>Arguments by the names of parameters, in the order of those; null where one is not given.</summary>
    /// <param name="function">The function's name, for messages.</param>
    /// <param name="required">How many of the first parameters must be given.</param>
    /// <param name="parameters">The names.</param>
    public TemplateValue?[] Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        if (Positional.Count > parameters.Length)
        {
            throw TemplateFault.Type($"{function}() takes at most {parameters.Length} arguments ({Positional.Count} given)");
        }

        var bound = new TemplateValue?[parameters.Length];
        for (var i = 0; i < Positional.Count; i++)
        {
            bound[i] = Positional[i];
        }

        foreach (var (name, value) in Named)
        {
            var place = parameters.IndexOf(name);
            if (place < 0)
            {
                throw TemplateFault.Type($"{function}() got an unexpected keyword argument {PythonText.Quote(name)}");
            }

            if (bound[place] is not null)
            {
                throw TemplateFault.Type($"{function}() got multiple values for argument '{name}'");
            }

            bound[place] = value;
        }

        for (var i = 0; i < required; i++)
        {
            if (bound[i] is null)
            {
                throw TemplateFault.Type($"{function}() missing required argument '{parameters[i]}' (pos {i + 1})");
            }
        }

        return bound;
    }

    /// <summary>Arguments of a function that knows no names.</summary>
    public IReadOnlyList<TemplateValue> Places(string function, int least, int most)
    {
        if (Named.Count > 0)
        {
            throw TemplateFault.Type($"{function}() takes no keyword arguments");
        }

        if (Positional.Count < least || Positional.Count > most)
        {
            var wanted = least == most ? $"exactly {least}" : Positional.Count < least ? $"at least {least}" : $"at most {most}";
            throw TemplateFault.Type($"{function}() takes {wanted} argument{(wanted.EndsWith(" 1", StringComparison.Ordinal) ? "" : "s")} ({Positional.Count} given)");
        }

        return Positional;
    }

    public CallArguments Without(int first) => new([.. Positional.Skip(first)], Named);
}
