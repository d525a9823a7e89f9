using System.CommandLine;
using System.Text;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Projection;
using Gptx.Tool.Input;
using Gptx.Tool.Options;

namespace Gptx.Tool.Commands;

/// <summary>Vectors from wherever a command is told to take them: words of a model or of a file of word vectors, texts, hidden states, a file of vectors.</summary>
internal sealed class VectorSource
{
    private readonly Option<bool> _texts = new("--texts") { Description = "Vectors of texts (as 'gptx embed' makes them), not of words." };
    private readonly Option<bool> _hidden = new("--hidden") { Description = "The hidden states of the tokens of texts, at --layer." };
    private readonly Option<string?> _words = new("--words") { Description = "Words from a file, one a line.", HelpName = "FILE" };

    private readonly Option<string?> _in = new("--in")
    {
        Description = "Vectors of a file: JSON lines or CSV of 'gptx embed', a matrix .npy or .safetensors, word vectors (word2vec, GloVe).",
        HelpName = "FILE",
    };

    private readonly VectorArguments _vectors;
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;

    public VectorSource(Command command)
    {
        command.Options.Add(_texts);
        command.Options.Add(_hidden);
        command.Options.Add(_words);
        command.Options.Add(_in);
        _vectors = new VectorArguments(command);
        _embedding = new EmbeddingArguments(command);
        _options = new CommonOptions(command, "WORD", "Words, or with --texts or --hidden texts; without any they come from --input, a line each.");
    }

    public OutputOptions Output => _options.Output;

    /// <summary>Threads that are asked for; 0 for one a processor.</summary>
    public int Threads(Invocation run) => _options.Models.Threads(run);

    /// <summary>The vectors.</summary>
    public IReadOnlyList<NamedVector> Read(Invocation run)
    {
        if (run.Get(_texts) && run.Get(_hidden))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--texts and --hidden exclude each other: give one of them");
        }

        return run.Get(_in) is { } path ? OfFile(path) : _vectors.IsGiven(run) ? OfWordFile(run) : OfModel(run);
    }

    /// <summary>The vectors of a file.</summary>
    public static IReadOnlyList<NamedVector> OfFile(string path) =>
        [.. VectorFile.Read(path).Select(vector => new NamedVector(vector.Text, vector.Vector, vector.Label))];

    private List<NamedVector> OfWordFile(Invocation run)
    {
        var vectors = _vectors.Read(run, _options.Models);
        var wanted = run.Get(_words) is null && _options.Texts.Arguments(run).Length == 0 && !_options.Texts.HasInput(run)
            ? vectors.Words
            : [.. Rows(run).Select(row => WordFilePipeline<NamedVector>.Word(vectors, row))];
        return [.. wanted.Select(word => new NamedVector(word, vectors.OfWord(word).Vector))];
    }

    private IReadOnlyList<NamedVector> OfModel(Invocation run)
    {
        var rows = Rows(run).ToList();
        using var model = _options.Models.Load(run);
        TokenSequence[] texts = [.. rows.Select(row => Tokens(run, model, row))];
        if (run.Get(_hidden))
        {
            return [.. Batches(run, texts).SelectMany(batch => HiddenState.Of(model, batch, _embedding.Read(run).Layer, 0, run.Cancellation))
                .Select(state => new NamedVector(state.Token.Trim(' '), state.Vector))];
        }

        if (run.Get(_texts))
        {
            return [.. Batches(run, texts).SelectMany(batch => TextEmbedder.Embed(model, batch, _embedding.Read(run), cancellation: run.Cancellation))
                .Select(vector => new NamedVector(vector.Text, vector.Vector))];
        }

        var table = new EmbeddingTable(model);
        return [.. texts.Select((text, index) => WordVector.Of(table, text, index)).Select(word => new NamedVector(word.Text, word.Vector))];
    }

    private IEnumerable<TokenSequence[]> Batches(Invocation run, TokenSequence[] texts) => texts.Chunk(_options.Texts.BatchSize(run));

    private IEnumerable<TextRow> Rows(Invocation run)
    {
        if (run.Get(_words) is not { } path)
        {
            return _options.Texts.Rows(run);
        }

        try
        {
            return [.. File.ReadLines(path, Encoding.UTF8).Select(word => word.Trim()).Where(word => word.Length > 0).Select((word, line) => new TextRow(line + 1) { Text = word })];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"--words {path} cannot be read: it does not exist, or access is denied", error);
        }
    }

    private TokenSequence Tokens(Invocation run, LanguageModel model, TextRow row)
    {
        var text = row.Error is { } error ? throw error
            : row.Ids is { } ids ? TokenSequence.FromIds(model, ids)
            : TokenSequence.FromText(model, row.Text!);
        return _options.Texts.Truncates(run) ? text.Truncate(model.Shape.ContextLength, KeptEnd.Start) : text;
    }
}
