namespace Gptx.Checkpoints.Hub;

/// <summary>Where an answer sends on to.</summary>
internal static class HubRedirect
{
    /// <summary>The address in the header Location, seen from where the answer came; null where there is none, or none that can be read.</summary>
    public static Uri? Target(Uri from, HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Location", out var values) && values.FirstOrDefault() is { Length: > 0 } text && Uri.TryCreate(from, text, out var to) ? to : null;
}
