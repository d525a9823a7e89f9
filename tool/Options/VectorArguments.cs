using System.CommandLine;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Tool.Options;

/// <summary>A file of word vectors in place of a model.</summary>
internal sealed class VectorArguments
{
    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "Word vectors in place of a model's token embeddings: a file of word2vec (binary or text) or GloVe.",
        HelpName = "FILE",
    };

    public VectorArguments(Command command) => command.Options.Add(_vectors);

    /// <summary>Whether a file is given.</summary>
    public bool IsGiven(Invocation run) => run.Get(_vectors) is not null;

    /// <summary>Reads the file.</summary>
    /// <exception cref="GptxException"><c>UsageInvalid</c>: --model is given too.</exception>
    public WordVectors Read(Invocation run, ModelOptions models)
    {
        if (models.IsNamed(run))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--vectors and --model exclude each other: words come from the one or the other");
        }

        var vectors = WordVectors.Read(run.Get(_vectors)!, cancellation: run.Cancellation);
        if (vectors.Repeated > 0)
        {
            run.Say($"{vectors.Name} repeats {vectors.Repeated} words: the first vector of each is kept");
        }

        return vectors;
    }

    /// <summary>Lets work happen on the words of the file, or of the model.</summary>
    public T With<T>(Invocation run, ModelOptions models, Func<IWordTable, T> work)
    {
        if (IsGiven(run))
        {
            return work(Read(run, models));
        }

        using LanguageModel model = models.Load(run);
        return work(new EmbeddingTable(model));
    }
}
