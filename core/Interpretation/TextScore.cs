namespace Gptx.Interpretation;

/// <summary>How surprising one token is after those before it.</summary>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there, in UTF-16 units.</param>
/// <param name="LogProbability">ln p(token | those before); null for the first token, before which there is nothing.</param>
/// <param name="Surprisal">Minus that: nats.</param>
/// <param name="Rank">1 + the number of tokens with a strictly greater logit.</param>
public sealed record TokenScore(int Position, string Token, int Id, int Start, int Length, double? LogProbability, double? Surprisal, int? Rank)
{
    /// <summary>The token's text.</summary>
    public override string ToString() => Token;
}

/// <summary>How surprising a text is.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Tokens">Every token with its surprisal.</param>
/// <param name="TokensCounted">How many tokens have a surprisal.</param>
/// <param name="TotalSurprisal">Their sum: nats.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextScore(string Text, int Index, IReadOnlyList<TokenScore> Tokens, int TokensCounted, double TotalSurprisal, string Model)
{
    /// <summary>Nats a token; null where no token was counted.</summary>
    public double? MeanSurprisal => TokensCounted == 0 ? null : TotalSurprisal / TokensCounted;

    /// <summary>e to the mean surprisal: as if the model chose among so many tokens alike at each step; null where no token was counted.</summary>
    public double? Perplexity => MeanSurprisal is { } mean ? Math.Exp(mean) : null;

    /// <summary>The text that was scored.</summary>
    public override string ToString() => Text;
}

/// <summary>How a text is scored.</summary>
public sealed record ScoreOptions
{
    /// <summary>
    /// For texts longer than the context: windows of the whole context, each moved on by so many tokens, of which only those not yet
    /// scored count. Null (the default): a longer text is an error, so that nobody scores half a text unawares.
    /// </summary>
    public int? Stride { get; init; }

    /// <summary>The id of a token put before the text, so that the first token has a surprisal too; null (the default) puts none.</summary>
    public int? Begin { get; init; }
}
