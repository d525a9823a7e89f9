namespace Gptx.Checkpoints.Hub;

/// <summary>A model of the catalog: well known, and of an architecture that Gptx runs.</summary>
/// <param name="Name">Its name on the hub.</param>
/// <param name="Architecture">The <c>model_type</c> of its config.</param>
/// <param name="GoodFor">What it is good for: text, chat, code, embeddings, classification, tagging, answers, masks.</param>
/// <param name="Parameters">How many parameters, as its card or the listing of its weights says.</param>
/// <param name="License">Its licence, as its card names it.</param>
/// <param name="Gated">True where its terms must be accepted first; null where that is not known.</param>
/// <param name="Languages">Languages, or null where the card does not say.</param>
/// <param name="Note">What a person should know, in a sentence.</param>
/// <param name="Source">Where these facts are from: its card on the hub.</param>
/// <param name="Checked">Whether it was run with Gptx; false means only that nobody has yet.</param>
/// <param name="Cached">Whether it is in the cache now.</param>
public sealed record KnownModel(
    string Name,
    string Architecture,
    IReadOnlyList<string> GoodFor,
    long? Parameters,
    string? License,
    bool? Gated,
    string? Languages,
    string Note,
    string Source,
    bool Checked,
    bool Cached)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
