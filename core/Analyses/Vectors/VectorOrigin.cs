using System.Globalization;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Analyses;

/// <summary>Which model vectors are of, and how they were made, as far as that is known.</summary>
/// <param name="ModelHash">The SHA-256 that the job recorded (<see cref="Jobs.ModelHash"/>); null where none did.</param>
/// <param name="Model">The name that the rows have in their field <c>model</c>; null where they have none.</param>
/// <param name="Settings">The settings of the job that made them; empty where none recorded any.</param>
public sealed record VectorOrigin(string? ModelHash, string? Model, IReadOnlyDictionary<string, string> Settings)
{
    private const int ShownDigits = 12;

    /// <summary>Nothing is known.</summary>
    public static VectorOrigin Unknown { get; } = new(null, null, new Dictionary<string, string>());

    /// <summary>How the texts were embedded; null where that was not recorded.</summary>
    public TextEmbeddingOptions? Embedding => Settings.ContainsKey("pooling") && int.TryParse(Setting("layer"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var layer)
        ? new TextEmbeddingOptions
        {
            Pooling = Enum.TryParse<TextPooling>(Setting("pooling"), out var pooling) ? pooling : null,
            Layer = layer,
            Prompt = Setting("prompt") is { Length: > 0 } prompt ? prompt : null,
            Chunk = Setting("chunk") == "True",
            Normalize = Setting("normalize") == "True",
        }
        : null;

    /// <summary>
    /// How a text is embedded that is compared with these vectors: as they were; as it is asked for where that was not recorded. The prompt may be another, since models have
    /// one for questions and one for answers.
    /// </summary>
    /// <param name="asked">What is asked for; what is as by default asks for nothing.</param>
    /// <param name="asksForLayer">Whether its layer is asked for.</param>
    /// <param name="name">What the vectors are called.</param>
    /// <param name="scales">Whether all vectors are scaled to length 1 later anyway.</param>
    /// <exception cref="GptxException"><c>EmbeddingDiffers</c>: something else is asked for.</exception>
    public TextEmbeddingOptions EmbeddingLike(TextEmbeddingOptions asked, bool asksForLayer, string name, bool scales = false)
    {
        if (Embedding is not { } recorded)
        {
            return asked;
        }

        Require("layer", !asksForLayer || asked.Layer == recorded.Layer, $"layer {recorded.Layer}");
        Require("pooling", asked.Pooling is null || asked.Pooling == recorded.Pooling, recorded.Pooling is { } pooling ? $"pooling {pooling}" : "the model's own pooling");
        Require("chunk", !asked.Chunk || recorded.Chunk, "texts that are whole");
        Require("normalize", scales || !asked.Normalize || recorded.Normalize, "lengths as they are");
        return recorded with { Prompt = asked.Prompt ?? recorded.Prompt };

        void Require(string option, bool isSame, string had)
        {
            if (!isSame)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument, "EmbeddingDiffers", $"{option}: the vectors of {name} were made with {had}, and what is made in another way cannot be compared with them; leave it out");
            }
        }
    }

    /// <summary>Whether texts that were too long were cut.</summary>
    public bool Truncates => Setting("truncate") == "True";

    /// <summary>Refuses to compare what is of two models.</summary>
    /// <param name="name">What this one is called.</param>
    /// <param name="other">The other.</param>
    /// <param name="otherName">What that one is called.</param>
    /// <returns>Whether it is known that they are of the same model.</returns>
    /// <exception cref="GptxException"><c>ModelMismatch</c>.</exception>
    public bool RequireSame(string name, VectorOrigin other, string otherName)
    {
        if (ModelHash is not null && other.ModelHash is not null)
        {
            return ModelHash == other.ModelHash ? true : throw Differ($"of {Shown}", $"of {other.Shown}");
        }

        return Model is null || other.Model is null ? false : Model == other.Model ? true : throw Differ($"of model '{Model}'", $"of '{other.Model}'");

        GptxException Differ(string own, string others) => new(
            GptxErrorKind.InvalidArgument,
            "ModelMismatch",
            $"the vectors of {name} are {own}, {otherName} {(own == others ? "of another model of that name" : others)}: vectors of two models cannot be compared");
    }

    /// <summary>Refuses a model that is not the one which vectors are of.</summary>
    /// <param name="name">What the vectors are called.</param>
    /// <param name="model">The model.</param>
    /// <returns>Whether it is known that they are of this model.</returns>
    /// <exception cref="GptxException"><c>ModelMismatch</c>.</exception>
    public bool RequireModel(string name, LanguageModel model) => RequireSame(
        name, new VectorOrigin(ModelHash is null ? null : Jobs.ModelHash.Of(model), model.Name, new Dictionary<string, string>()), $"what is to be compared with them");

    private string Shown => Model is null ? $"a model of SHA-256 {ModelHash![..Math.Min(ShownDigits, ModelHash!.Length)]}" : $"model '{Model}' (SHA-256 {ModelHash![..Math.Min(ShownDigits, ModelHash!.Length)]})";

    private string? Setting(string name) => Settings.GetValueOrDefault(name);
}
