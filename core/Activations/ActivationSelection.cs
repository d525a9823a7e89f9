using System.IO.Enumeration;

namespace Gptx.Activations;

/// <summary>
/// Which activations are wanted: names, in any order, with the wildcards <c>*</c> (any run of characters) and <c>?</c> (one character),
/// for example <c>blocks.*.attn.pattern</c>.
/// </summary>
/// <param name="Patterns">Names or patterns.</param>
public sealed record ActivationSelection(params IReadOnlyList<string> Patterns)
{
    /// <summary>Every activation there is.</summary>
    public static ActivationSelection All { get; } = new("*");

    /// <summary>
    /// The names that are meant, out of those that a model has: in the order of the patterns, and within a pattern in the order of the
    /// forward pass; each once.
    /// </summary>
    /// <exception cref="GptxException"><c>ActivationNotFound</c>: a pattern matches nothing, or there is none.</exception>
    public IReadOnlyList<string> Resolve(IReadOnlyList<string> available)
    {
        if (Patterns.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "ActivationNotFound", "no activation was asked for: give at least one name, or * for all");
        }

        var chosen = new List<string>();
        foreach (var pattern in Patterns)
        {
            var matches = available.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).ToList();
            if (matches.Count == 0)
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "ActivationNotFound", NotFound(pattern, available));
            }

            chosen.AddRange(matches.Except(chosen, StringComparer.Ordinal));
        }

        return chosen;
    }

    private static string NotFound(string pattern, IReadOnlyList<string> available)
    {
        var blocks = available.Select(ActivationName.BlockOf).Max() + 1 ?? 0;
        if (ActivationName.BlockOf(pattern) is { } block && block >= blocks)
        {
            return $"no activation is named '{pattern}': the model has blocks 0 to {blocks - 1}";
        }

        var kinds = available.Select(name => name.Replace("blocks.0.", "blocks.{i}.", StringComparison.Ordinal))
            .Where(name => name.StartsWith("blocks.{i}.", StringComparison.Ordinal) || ActivationName.BlockOf(name) is null);
        return $"no activation is named '{pattern}': there are {string.Join(", ", kinds)} (* stands for any run of characters)";
    }
}
