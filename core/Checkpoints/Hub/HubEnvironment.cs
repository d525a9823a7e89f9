using System.Globalization;
using System.Text.RegularExpressions;

namespace Gptx.Checkpoints.Hub;

/// <summary>The environment's variables as huggingface_hub reads them; a variable that is set and empty counts as not set.</summary>
internal sealed partial class HubEnvironment(Func<string, string?> variable)
{
    /// <summary>HF_HUB_CACHE, else HUGGINGFACE_HUB_CACHE, else the folder hub of HF_HOME.</summary>
    public string Cache => Path.GetFullPath(Expand(Find("HF_HUB_CACHE") ?? Find("HUGGINGFACE_HUB_CACHE") ?? Path.Join(Home, "hub")));

    /// <summary>GPTX_OFFLINE, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.</summary>
    public bool Offline => IsOn("GPTX_OFFLINE") || IsTrue("HF_HUB_OFFLINE") || (Find("HF_HUB_OFFLINE") is null && IsTrue("TRANSFORMERS_OFFLINE"));

    private string Home => Expand(Find("HF_HOME") ?? Path.Join(Find("XDG_CACHE_HOME") ?? Path.Join(UserFolder, ".cache"), "huggingface"));

    private string UserFolder => Find(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string? Find(string name) => variable(name) is { Length: > 0 } value ? value : null;

    public bool IsTrue(string name) => Find(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    public TimeSpan Seconds(string name, int otherwise) => Find(name) is not { } text ? TimeSpan.FromSeconds(otherwise)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds)
        : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} is {Excerpt.Of(text)}: it must be a whole number of seconds, 1 to 86400");

    /// <summary>HF_TOKEN (HUGGING_FACE_HUB_TOKEN in older times), else the file of HF_TOKEN_PATH; none with HF_HUB_DISABLE_IMPLICIT_TOKEN.</summary>
    public HubToken? Token() => IsTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")
        ? null
        : HubToken.From(Find("HF_TOKEN") ?? Find("HUGGING_FACE_HUB_TOKEN")) ?? TokenOfFile(Expand(Find("HF_TOKEN_PATH") ?? Path.Join(Home, "token")));

    private static HubToken? TokenOfFile(string path)
    {
        const int LongestToken = 16 << 10;
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= LongestToken ? HubToken.From(File.ReadAllText(path)) : null;
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(path, exception);
        }
    }

    /// <summary>~ and $VARIABLE, as Python's expanduser and expandvars.</summary>
    private string Expand(string path)
    {
        var expanded = path is "~" or ['~', '/' or '\\', ..] ? UserFolder + path[1..] : path;
        return Reference().Replace(expanded, match => Find(match.Groups["name"].Value.Trim('{', '}')) ?? match.Value);
    }

    /// <summary>Our own switch: whatever is not a no is a yes, since who sets it wants no network.</summary>
    private bool IsOn(string name) => Find(name)?.ToUpperInvariant() is not (null or "0" or "OFF" or "NO" or "FALSE");

    [GeneratedRegex(@"\$(?<name>\w+|\{\w+\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
