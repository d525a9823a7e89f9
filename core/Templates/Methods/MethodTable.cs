using System.Collections.Frozen;

namespace Gptx.Templates;

/// <summary>What a method does with its value and its arguments.</summary>
internal delegate TemplateValue ValueMethod<in T>(T self, CallArguments arguments, Rendering run);

/// <summary>The methods of a kind of value, by name. What is not listed does not exist; what would change the value exists only to be refused.</summary>
internal sealed class MethodTable<T>(Dictionary<string, ValueMethod<T>> methods, params string[] refused)
    where T : TemplateValue
{
    private readonly FrozenDictionary<string, ValueMethod<T>> _methods = methods.ToFrozenDictionary(StringComparer.Ordinal);
    private readonly FrozenSet<string> _refused = refused.ToFrozenSet(StringComparer.Ordinal);

    public TemplateValue? Find(T value, string name)
    {
        if (_methods.TryGetValue(name, out var method))
        {
            return new CallableValue($"{name} of {value.TypeName} object", (arguments, run) => method(value, arguments, run));
        }

        return _refused.Contains(name) ? UndefinedValue.Unsafe(value, name) : null;
    }
}
