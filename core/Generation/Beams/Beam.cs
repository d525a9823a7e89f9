namespace Gptx.Generation.Beams;

/// <summary>One text that beam search follows: a prompt, the tokens added to it, and the sum of their log-probabilities.</summary>
internal sealed class Beam
{
    private readonly Beam? _before;
    private readonly SampledToken? _last;

    private Beam(int[] ids, Beam? before, SampledToken? last, double sum, int row) =>
        (Ids, _before, _last, Sum, Row) = (ids, before, last, sum, row);

    /// <summary>Ids of prompt and text.</summary>
    public int[] Ids { get; }

    /// <summary>The sum of the tokens' processed log-probabilities, in nats.</summary>
    public double Sum { get; }

    /// <summary>Which of the running beams it goes on from, from 0: there its keys and values lie.</summary>
    public int Row { get; }

    /// <summary>The tokens after the prompt.</summary>
    public IReadOnlyList<SampledToken> Tokens
    {
        get
        {
            var tokens = new Stack<SampledToken>();
            for (var beam = this; beam._last is { } token; beam = beam._before!)
            {
                tokens.Push(token);
            }

            return [.. tokens];
        }
    }

    /// <summary>The beam of a prompt to which nothing was added yet.</summary>
    public static Beam Of(IReadOnlyList<int> prompt) => new([.. prompt], before: null, last: null, sum: 0, row: 0);

    /// <summary>This beam, which is running beam <paramref name="row"/>, with one token more.</summary>
    public Beam With(SampledToken token, double sum, int row) => new([.. Ids, token.Token.Id], this, token, sum, row);
}
