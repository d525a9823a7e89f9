using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>What a model writes after each text. The draws of a row depend on the seed, the row's id and the continuation, and on no other row.</summary>
/// <param name="model">The model.</param>
/// <param name="options">How tokens are chosen; its seed must be given.</param>
/// <param name="truncate">Whether the beginning of prompts that are too long is cut off, in place of an error.</param>
public sealed class GenerateTask(LanguageModel model, GenerationOptions options, bool truncate = false) : ModelTask(model, truncate)
{
    /// <summary>The setting that is the seed; a job that goes on takes it from where it began.</summary>
    public const string Seed = "seed";

    private readonly SamplingSettings _settings = TextGenerator.Settings(model, options);

    /// <summary>The seed of a job: the one that is given, or that with which the job began; null where none is decided yet.</summary>
    /// <param name="job">The job.</param>
    /// <param name="given">The seed that was asked for.</param>
    /// <exception cref="GptxException"><c>UsageInvalid</c>: a shard without a seed; <c>JobDamaged</c>.</exception>
    public static ulong? SeedOf(TextJobOptions job, ulong? given)
    {
        if (job.Shard.IsPart && given is null)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--shard needs --seed: shards that drew seeds of their own would not be of one job");
        }

        return given ?? (!job.Force && ulong.TryParse(TextJob.Recorded(job, Seed), CultureInfo.InvariantCulture, out var recorded) ? recorded : null);
    }

    /// <inheritdoc/>
    public override string Name => "generate";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("prompt", RowType.Text),
        new("continuations", RowType.Records,
        [
            new("continuation", RowType.Integer),
            new("text", RowType.Text),
            new("finishReason", RowType.Text),
            new("stopString", RowType.Text),
            new("score", RowType.Real),
            new("tokenCount", RowType.Integer),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings =>
    [
        new(Seed, Text(_settings.Seed)),
        new("chain", SamplingChain.Create(_settings).Describe()),
        new("maxTokens", Text(_settings.MaxTokens)),
        new("minTokens", Text(_settings.MinTokens)),
        new("count", Text(_settings.Count)),
        new("beams", Text(_settings.Beams)),
        new("lengthPenalty", Text(_settings.LengthPenalty)),
        new("earlyStopping", $"{_settings.EarlyStopping}"),
        new("stopStrings", string.Join('\u001f', _settings.StopStrings)),
        new("stopTokens", string.Join(',', _settings.StopTokens)),
        new("badWords", string.Join(';', _settings.BadWords.Select(word => string.Join(',', word)))),
        new("truncate", $"{Truncates}"),
    ];

    /// <inheritdoc/>
    public override TokenSequence Read(SourceRow row)
    {
        var prompt = RowTokens.Of(Model, row, truncate: false);
        return Truncates ? prompt.Truncate(Math.Max(1, Model.Shape.ContextLength - _settings.MaxTokens), KeptEnd.End) : prompt;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        var texts = TextGenerator.Generate(Model, [.. rows.Select(row => row.Tokens)], options, Streams(rows), cancellation);
        return [.. rows.Select((row, place) => (object?[])[row.Tokens.Label, texts[place].Select(Values).ToList(), Model.Name])];
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static object?[] Values(GeneratedText text) =>
        [text.Continuation, text.Text, JsonNamingPolicy.CamelCase.ConvertName($"{text.FinishReason}"), text.StopString, text.Score, text.Tokens.Count];

    // Rows of a batch must be told apart: of two ids with one hash the second takes the next number.
    private static int[] Streams(IReadOnlyList<TaskRow> rows)
    {
        var taken = new HashSet<int>();
        return [.. rows.Select(row =>
        {
            var stream = (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(row.Id)) & int.MaxValue);
            while (!taken.Add(stream))
            {
                stream = (stream + 1) & int.MaxValue;
            }

            return stream;
        })];
    }
}
