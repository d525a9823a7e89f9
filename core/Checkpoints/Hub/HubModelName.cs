using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Gptx.Checkpoints.Hub;

/// <summary>
/// A model on the hub as a person writes it: <c>org/name</c>, perhaps with a revision (<c>@v1.0</c>: a branch, tag or commit) and, where there are
/// several files with weights, a choice (<c>:Q4_K_M</c>: part of the file's name).
/// </summary>
/// <param name="Id">org/name; old models have a name alone.</param>
/// <param name="Revision">A branch, tag or commit; null means <c>main</c>.</param>
/// <param name="Choice">Which of several files with weights; null where there is nothing to choose.</param>
public sealed partial record HubModelName(string Id, string? Revision = null, string? Choice = null)
{
    private const string FolderPrefix = "models--";
    private const int LongestId = 96;
    private const int LongestRevision = 200;

    /// <summary>The revision that is meant.</summary>
    public string RevisionOrMain => Revision ?? "main";

    /// <summary>Whether the revision is a commit, which never changes.</summary>
    public bool IsCommit => Revision is not null && IsCommitHash(Revision);

    /// <summary>Its folder in the cache.</summary>
    internal string FolderName => FolderPrefix + Id.Replace("/", "--", StringComparison.Ordinal);

    /// <summary>As it is written.</summary>
    public override string ToString() => Id + (Choice is null ? "" : $":{Choice}") + (Revision is null ? "" : $"@{Revision}");

    /// <summary>Reads a name.</summary>
    /// <exception cref="GptxException"><c>HubNameInvalid</c>.</exception>
    public static HubModelName Parse(string text) => TryParse(text, out var name) ? name : throw new GptxException(
        GptxErrorKind.InvalidArgument,
        "HubNameInvalid",
        $"{Excerpt.Of(text)} is not the name of a model on the hub: it is written org/name, org/name@revision or org/name:Q4_K_M, of letters, digits, '-', '_' and '.'");

    /// <summary>Reads a name, if it is one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HubModelName? name)
    {
        name = null;
        var match = Written().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        var id = match.Groups["id"].Value;
        string? revision = match.Groups["revision"] is { Success: true, Value: var one } ? one : null;
        string? choice = match.Groups["choice"] is { Success: true, Value: var other } ? other : null;
        if (!IsId(id) || (revision is not null && !IsRevision(revision)))
        {
            return false;
        }

        name = new HubModelName(id, revision, choice);
        return true;
    }

    /// <summary>The model whose folder that is; null for any other folder.</summary>
    internal static string? IdOfFolder(string folderName)
    {
        if (!folderName.StartsWith(FolderPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var id = folderName[FolderPrefix.Length..].Replace("--", "/", StringComparison.Ordinal);
        return IsId(id) ? id : null;
    }

    /// <summary>Whether a text is a commit's hash.</summary>
    internal static bool IsCommitHash(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The hub's rule (huggingface_hub's validate_repo_id).</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= LongestId
        && !id.Contains("--", StringComparison.Ordinal)
        && !id.Contains("..", StringComparison.Ordinal)
        && !id.EndsWith(".git", StringComparison.Ordinal)
        && id.Split('/') is { Length: <= 2 } parts
        && parts.All(part => part.Length > 0 && part[0] is not ('-' or '.') && part[^1] is not ('-' or '.'));

    /// <summary>What git allows as a name, and no path out of the folder of the refs.</summary>
    private static bool IsRevision(string revision) => revision.Length <= LongestRevision
        && HubFileName.IsInside(revision)
        && revision.IndexOfAny(['~', '^', ':', '?', '*', '[', ' ']) < 0
        && !revision.Contains("..", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<id>[A-Za-z0-9_.\-]+(/[A-Za-z0-9_.\-]+)?)((:(?<choice>[A-Za-z0-9_.\-/]+))?(@(?<revision>[^@:]+))?|@(?<revision>[^@:]+):(?<choice>[A-Za-z0-9_.\-/]+))\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
