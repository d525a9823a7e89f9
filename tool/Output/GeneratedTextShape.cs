using Gptx.Generation;

namespace Gptx.Tool.Output;

/// <summary>The fields of a generated text, its tokens and its settings.</summary>
internal static class GeneratedTextShape
{
    private static readonly RecordShape<Alternative> Alternatives = new(
        new("rank", other => other.Rank),
        new("id", other => other.Id),
        new("token", other => other.Token),
        new("logProbability", other => other.LogProbability),
        new("processedLogProbability", other => other.ProcessedLogProbability));

    private static readonly RecordShape<GeneratedToken> Tokens = new(
        new("position", token => token.Position),
        new("id", token => token.Id),
        new("token", token => token.Token),
        new("logProbability", token => token.LogProbability),
        new("processedLogProbability", token => token.ProcessedLogProbability),
        new("rank", token => token.Rank),
        new("alternatives", token => Alternatives.List(token.Alternatives)));

    private static readonly RecordShape<SamplingSettings> Settings = new(
        new("maxTokens", settings => settings.MaxTokens),
        new("minTokens", settings => settings.MinTokens),
        new("temperature", settings => settings.Temperature),
        new("topK", settings => settings.TopK),
        new("topP", settings => settings.TopP),
        new("minP", settings => settings.MinP),
        new("typicalP", settings => settings.TypicalP),
        new("epsilonCutoff", settings => settings.EpsilonCutoff),
        new("etaCutoff", settings => settings.EtaCutoff),
        new("repetitionPenalty", settings => settings.RepetitionPenalty),
        new("presencePenalty", settings => settings.PresencePenalty),
        new("frequencyPenalty", settings => settings.FrequencyPenalty),
        new("noRepeatNgramSize", settings => settings.NoRepeatNgramSize),
        new("badWords", settings => settings.BadWords),
        new("stopStrings", settings => settings.StopStrings),
        new("stopTokens", settings => settings.StopTokens),
        new("seed", settings => settings.Seed),
        new("count", settings => settings.Count),
        new("alternatives", settings => settings.Alternatives),
        new("beams", settings => settings.Beams),
        new("lengthPenalty", settings => settings.LengthPenalty),
        new("earlyStopping", settings => settings.EarlyStopping));

    private static readonly RecordShape<GeneratedText> Flat = new(
        new("prompt", text => text.Prompt),
        new("index", text => text.Index),
        new("continuation", text => text.Continuation),
        new("text", text => text.Text),
        new("finishReason", text => text.FinishReason),
        new("stopString", text => text.StopString),
        new("score", text => text.Score),
        new("chain", text => text.Chain),
        new("seed", text => text.Seed),
        new("model", text => text.Model));

    public static RecordShape<GeneratedText> Whole { get; } = new(
    [
        .. Flat.Fields,
        new("settings", text => Settings.One(text.Settings)),
        new("tokens", text => Tokens.List(text.Tokens)),
    ]);

    /// <summary>A line of CSV: without tokens and settings, which are lists.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> CsvLines(GeneratedText text) =>
        [[.. Flat.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(text)))]];
}
