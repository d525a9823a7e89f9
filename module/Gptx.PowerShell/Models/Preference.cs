using System.Collections;
using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>What $GptxPreference says: a table or object with defaults of this session or scope, each of which may be left out.</summary>
/// <param name="Model">Which model is used when none is named.</param>
/// <param name="Device">Where it computes.</param>
/// <param name="Threads">Threads of one operator.</param>
/// <param name="Precision">What weights are rounded to.</param>
/// <param name="Compute">What quantized weights are multiplied by.</param>
internal sealed record Preference(string? Model, string? Device, int? Threads, string? Precision, string? Compute)
{
    /// <summary>The variable.</summary>
    public const string Variable = "GptxPreference";

    private static readonly string[] Known = [nameof(Model), nameof(Device), nameof(Threads), nameof(Precision), nameof(Compute)];

    /// <summary>What the variable says, as the command sees it.</summary>
    /// <exception cref="GptxException"><c>PreferenceInvalid</c>: it has another key, or a value that cannot be used.</exception>
    public static Preference Of(SessionState session) => Of(session.PSVariable.GetValue(Variable));

    /// <summary>What a value of the variable says.</summary>
    /// <exception cref="GptxException"><c>PreferenceInvalid</c>.</exception>
    public static Preference Of(object? value)
    {
        Dictionary<string, object?> entries = new(Entries(value), StringComparer.OrdinalIgnoreCase);
        return entries.Keys.FirstOrDefault(key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Invalid($"has '{unknown}'; known are {string.Join(", ", Known)}")
            : new Preference(
                entries.GetValueOrDefault(nameof(Model)) is { } model ? ModelNameAttribute.Name(model) ?? throw Invalid($"names no model with a {model.GetType().Name}") : null,
                entries.GetValueOrDefault(nameof(Device))?.ToString(),
                entries.GetValueOrDefault(nameof(Threads)) is not { } threads ? null
                    : LanguagePrimitives.TryConvertTo<int>(threads, out var number) && number >= 0 ? number
                    : throw Invalid($"asks for '{threads}' threads; a number from 0 is wanted"),
                entries.GetValueOrDefault(nameof(Precision))?.ToString(),
                entries.GetValueOrDefault(nameof(Compute))?.ToString());
    }

    private static IEnumerable<KeyValuePair<string, object?>> Entries(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        IDictionary table => table.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", table[key])),
        PSCustomObject => ((PSObject)value!).Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
        var other => throw Invalid($"is a {other.GetType().Name}; a table is wanted, such as @{{ Model = './my-model' }}"),
    };

    private static GptxException Invalid(string what) => new(GptxErrorKind.InvalidArgument, "PreferenceInvalid", $"${Variable} {what}");
}
