using System.CommandLine;
using Gptx.Analyses;
using Gptx.Embeddings;

namespace Gptx.Tool.Options;

/// <summary>How texts become vectors.</summary>
internal sealed class EmbeddingArguments
{
    private readonly Option<int?> _layer = Numbers.Whole("--layer", "The hidden state that is pooled: 0 the embeddings, -1 the last (default).");
    private readonly Option<TextPooling?> _pooling = Choice.Of<TextPooling>("--pooling", "How the tokens' vectors become one (default: as the model's modules.json says, else mean).");
    private readonly Option<string?> _prompt = new("--prompt-name") { Description = "The prompt that is put before each text, of those that the model has.", HelpName = "NAME" };
    private readonly Option<bool> _chunk = new("--chunk") { Description = "Read texts that are longer than the context in windows." };
    private readonly Option<bool> _normalize = new("--normalize") { Description = "Scale each vector to length 1." };

    public EmbeddingArguments(Command command)
    {
        command.Options.Add(_layer);
        command.Options.Add(_pooling);
        command.Options.Add(_prompt);
        command.Options.Add(_chunk);
        command.Options.Add(_normalize);
    }

    public TextEmbeddingOptions Read(Invocation run) => new()
    {
        Layer = run.Get(_layer) ?? -1,
        Pooling = run.Get(_pooling),
        Prompt = run.Get(_prompt),
        Chunk = run.Get(_chunk),
        Normalize = run.Get(_normalize),
    };

    /// <summary>As rows were embedded that texts are compared with (<see cref="VectorOrigin.EmbeddingLike"/>); as it is asked for where there are none.</summary>
    /// <exception cref="GptxException"><c>EmbeddingDiffers</c>: an option asks for something else.</exception>
    public TextEmbeddingOptions Read(Invocation run, IVectorRows? rows, bool scales = false) =>
        rows?.Origin.EmbeddingLike(Read(run), run.Get(_layer) is not null, rows.Name, scales) ?? Read(run);
}
