using System.Runtime.InteropServices;
using System.Text;
using Gptx.Inference;
using Gptx.Tokenization;

namespace Gptx.Generation;

/// <summary>One continuation while it is being made: its tokens so far, and the text of which it is certain.</summary>
internal sealed class ContinuationInProgress
{
    private readonly LanguageModel _model;
    private readonly SamplingSettings _settings;
    private readonly TokenSequence _prompt;
    private readonly TokenSampler _sampler;
    private readonly StopStringMatcher _stops;
    private readonly DecodeStream? _decoder;
    private readonly List<int> _ids;
    private readonly List<GeneratedToken> _tokens = [];
    private readonly StringBuilder _text = new();
    private readonly int _most;

    /// <summary>Begins a continuation of a prompt.</summary>
    public ContinuationInProgress(LanguageModel model, TokenSequence prompt, SamplingSettings settings, int index, int continuation)
    {
        (_model, _prompt, _settings, Index, Continuation) = (model, prompt, settings, index, continuation);
        _sampler = new TokenSampler(settings, index, continuation);
        _stops = new StopStringMatcher(settings.StopStrings);
        _ids = [.. prompt.Ids];
        _most = MostTokens(model, prompt, settings);
        _decoder = model.Tokenizer?.CreateDecodeStream(skipSpecialTokens: true);

        // Some decoders treat the first token of a text otherwise: the prompt goes before, and its text is dropped.
        foreach (var id in prompt.Ids)
        {
            _decoder?.Append(id);
        }
    }

    /// <summary>Which prompt, from 0.</summary>
    public int Index { get; }

    /// <summary>Which continuation of the prompt, from 0.</summary>
    public int Continuation { get; }

    /// <summary>The most tokens that may follow a prompt: as many as were allowed, or as the context has room for.</summary>
    public static int MostTokens(LanguageModel model, TokenSequence prompt, SamplingSettings settings) =>
        Math.Min(settings.MaxTokens, model.Shape.TokenLimit - prompt.Count);

    /// <summary>Chooses the next token from the logits after the last one.</summary>
    public GenerationStep Take(ReadOnlySpan<float> logits) =>
        Append(_sampler.Sample(logits, new SamplingContext(CollectionsMarshal.AsSpan(_ids), _prompt.Count)));

    /// <summary>Adds a token that was chosen.</summary>
    public GenerationStep Append(SampledToken sampled)
    {
        var token = Describe(sampled);
        _ids.Add(token.Id);
        _tokens.Add(token);

        var isStop = _settings.StopTokens.Contains(token.Id);
        var certain = isStop ? "" : _stops.Push(_decoder?.Append(token.Id) ?? "");
        FinishReason? reason = isStop ? FinishReason.StopToken
            : _stops.IsStopped ? FinishReason.StopString
            : _tokens.Count < _most ? null
            : _tokens.Count == _settings.MaxTokens ? FinishReason.Length : FinishReason.Context;
        if (reason is not null && !_stops.IsStopped)
        {
            certain += _stops.Push(_decoder?.Flush() ?? "");
            if (_stops.IsStopped)
            {
                reason = FinishReason.StopString;
            }

            certain += _stops.Flush();
        }

        _text.Append(certain);
        return new GenerationStep(Index, Continuation, certain, token, reason is { } ended ? Finish(ended) : null);
    }

    private GeneratedText Finish(FinishReason reason) => new(
        _prompt.Label, Index, Continuation, _text.ToString(), [.. _tokens], reason, _stops.Found, _settings, _model.Name);

    private GeneratedToken Describe(SampledToken sampled)
    {
        var token = sampled.Token;
        return new GeneratedToken(
            _tokens.Count,
            token.Id,
            _model.TokenText(token.Id),
            token.LogProbability,
            token.ProcessedLogProbability,
            token.Rank,
            [.. sampled.Alternatives.Select(other => new Alternative(other.Id, _model.TokenText(other.Id), other.LogProbability, other.ProcessedLogProbability, other.Rank))]);
    }
}
