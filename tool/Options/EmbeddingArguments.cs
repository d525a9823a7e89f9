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

    /// <summary>As rows were embedded that are compared with; as it is asked for where that was not recorded. The prompt may be another, since models have one for questions and one for answers.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rows">The rows that are compared with; null for none.</param>
    /// <param name="scales">Whether all vectors are scaled to length 1 later anyway.</param>
    /// <exception cref="GptxException"><c>EmbeddingDiffers</c>: an option asks for something else.</exception>
    public TextEmbeddingOptions Read(Invocation run, IVectorRows? rows, bool scales = false)
    {
        var asked = Read(run);
        if (rows?.Origin.Embedding is not { } recorded)
        {
            return asked;
        }

        Require("--layer", run.Get(_layer) is null || asked.Layer == recorded.Layer, recorded.Layer);
        Require("--pooling", asked.Pooling is null || asked.Pooling == recorded.Pooling, recorded.Pooling is { } pooling ? $"{pooling}".ToLowerInvariant() : "as the model says");
        Require("--chunk", !asked.Chunk || recorded.Chunk, "whole");
        Require("--normalize", scales || !asked.Normalize || recorded.Normalize, "lengths as they are");
        return recorded with { Prompt = asked.Prompt ?? recorded.Prompt };

        void Require(string option, bool isSame, object had)
        {
            if (!isSame)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument, "EmbeddingDiffers", $"{option}: the vectors of {rows.Name} were made with {had}, and vectors made in two ways cannot be compared; leave it out");
            }
        }
    }
}
