using System.Globalization;

namespace Gptx.Jobs;

/// <summary>Which part of a job one process does: the units whose number, taken modulo <see cref="Count"/>, is <see cref="Index"/>.</summary>
/// <param name="Index">Which shard, from 0.</param>
/// <param name="Count">How many there are.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>The whole job.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>The variables in which engines say which task of an array this is: Slurm, Kubernetes.</summary>
    private static readonly string[] Variables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

    /// <summary>Whether there are others.</summary>
    public bool IsPart => Count > 1;

    /// <summary>Reads <c>i/n</c>, or <c>auto/n</c>, which takes i from the engine's variable.</summary>
    /// <exception cref="GptxException"><c>ShardInvalid</c>.</exception>
    public static Shard Parse(string text, Func<string, string?> variable)
    {
        var parts = text.Split('/');
        if (parts.Length != 2 || !TryNumber(parts[1], out var count) || count < 1)
        {
            throw Invalid($"shard '{text}' is not allowed: it must be i/n or auto/n, with i from 0 to n-1");
        }

        var first = parts[0] == "auto" ? FromEngine(variable) : parts[0];
        return TryNumber(first, out var index) && index < count
            ? new Shard(index, count)
            : throw Invalid($"shard '{(parts[0] == "auto" ? $"{first}/{count}" : text)}' is not allowed: the first number must be from 0 to {count - 1}");
    }

    /// <summary>Whether a unit is this shard's. Stretches of later sources begin one further, so that many small files are shared out too.</summary>
    public bool Takes(int source, long unit) => (source + unit) % Count == Index;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static string FromEngine(Func<string, string?> variable) => Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? throw Invalid(
        $"shard auto: neither {string.Join(" nor ", Variables)} is set: give the number itself");

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static GptxException Invalid(string message) => new(GptxErrorKind.InvalidArgument, "ShardInvalid", message);
}
