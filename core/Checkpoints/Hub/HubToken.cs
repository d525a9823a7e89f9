using System.Net.Http.Headers;

namespace Gptx.Checkpoints.Hub;

/// <summary>
/// The secret that opens gated and private models. It goes into one header, to the hub's own host, and shows itself nowhere else: not in a
/// message, not in a URL, not by <see cref="ToString"/>.
/// </summary>
public sealed class HubToken
{
    private const string Shown = "***";
    private readonly string _secret;

    private HubToken(string secret) => _secret = secret;

    /// <summary>The header that carries it.</summary>
    internal AuthenticationHeaderValue Header => new("Bearer", _secret);

    /// <summary>A token out of a variable or file; blanks and line ends around it are not part of it. Null where nothing is left.</summary>
    /// <exception cref="GptxException"><c>HubTokenInvalid</c>: it has characters that no header may have.</exception>
    public static HubToken? From(string? text)
    {
        var secret = text?.Trim();
        if (string.IsNullOrEmpty(secret))
        {
            return null;
        }

        return secret.All(character => character is > ' ' and < '\u007f')
            ? new HubToken(secret)
            : throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "HubTokenInvalid",
                "the hub's token (HF_TOKEN, or the file of HF_TOKEN_PATH) has blanks, line ends or letters outside of ASCII: give it as the hub shows it");
    }

    /// <summary>A text from outside with the secret taken out, should it be in there.</summary>
    internal string Redact(string text) => text.Replace(_secret, Shown, StringComparison.Ordinal);

    /// <summary>Three asterisks.</summary>
    public override string ToString() => Shown;
}
