using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// SentencePiece's unigram model (Kudo 2018): of all ways to write a piece in tokens the one whose scores, logarithms of
/// probabilities, have the largest sum; found from left to right (Viterbi).
/// </summary>
internal sealed class UnigramModel : ITokenizerModel
{
    // How much worse than the worst token an unknown character is.
    private const double UnknownPenalty = 10;

    private readonly TokenTable _vocabulary;
    private readonly ScoreTrie _scores;
    private readonly int? _unknown;
    private readonly double _unknownScore;
    private readonly bool _byteFallback;
    private readonly PieceCache _cache = new();

    /// <summary>Makes a model.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="scores">The score of each token.</param>
    /// <param name="unknown">The id of the unknown token; null: unknown characters are an error.</param>
    /// <param name="byteFallback">Whether what is unknown becomes its bytes, <c>&lt;0x41&gt;</c>, where the vocabulary has all of them.</param>
    public UnigramModel(TokenTable vocabulary, ScoreTrie scores, int? unknown, bool byteFallback)
    {
        _vocabulary = vocabulary;
        _scores = scores;
        _unknown = unknown;
        _unknownScore = scores.Lowest - UnknownPenalty;
        _byteFallback = byteFallback;
    }

    public ModelToken[] Tokenize(ReadOnlySpan<char> piece)
    {
        if (_cache.TryGet(piece, out ModelToken[]? known))
        {
            return known;
        }

        var tokens = new List<ModelToken>();
        foreach (TextRange range in Joined(BestPath(piece)))
        {
            Add(piece[range.Start..range.End], range, tokens);
        }

        _cache.Add(piece, [.. tokens]);
        return [.. tokens];
    }

    // Where each token of the best path starts and ends, and whether it is unknown.
    private List<(TextRange Range, bool IsUnknown)> BestPath(ReadOnlySpan<char> piece)
    {
        var best = new Node[piece.Length + 1];
        for (int start = 0, width; start < piece.Length; start += width)
        {
            Rune.DecodeFromUtf16(piece[start..], out _, out width);
            bool hasSingle = false;
            double before = best[start].Score;
            ScoreTrie.Walk walk = _scores.Begin();
            for (int end = start + 1; end <= piece.Length && walk.Step(piece[end - 1]); end++)
            {
                if (walk.Score is { } score)
                {
                    Propose(ref best[end], start, before + score, isUnknown: false);
                    hasSingle |= end - start == width;
                }
            }

            if (!hasSingle)
            {
                Propose(ref best[start + width], start, before + _unknownScore, isUnknown: true);
            }
        }

        var path = new List<(TextRange, bool)>();
        for (int end = piece.Length; end > 0; end = best[end].Start)
        {
            // The unknown token's own text, where the piece has it, counts as unknown.
            int start = best[end].Start;
            bool isUnknown = best[end].IsUnknown || (_vocabulary.TryGetId(piece[start..end], out int id) && id == _unknown);
            path.Add((new TextRange(start, end), isUnknown));
        }

        path.Reverse();
        return path;
    }

    // Of two paths that are equally good the first found stays.
    private void Propose(ref Node node, int start, double score, bool isUnknown)
    {
        if (node.IsReached && score <= node.Score)
        {
            return;
        }

        if (isUnknown && _unknown is null)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "UnknownTokenMissing",
                "The text has a character that the vocabulary lacks, and the tokenizer has no unk_id.");
        }

        node = new Node(start, score, isUnknown, IsReached: true);
    }

    // Neighbouring unknown characters are one token.
    private static List<TextRange> Joined(List<(TextRange Range, bool IsUnknown)> path)
    {
        var ranges = new List<TextRange>(path.Count);
        bool wasUnknown = false;
        foreach ((TextRange range, bool isUnknown) in path)
        {
            if (isUnknown && wasUnknown)
            {
                ranges[^1] = new TextRange(ranges[^1].Start, range.End);
            }
            else
            {
                ranges.Add(range);
            }

            wasUnknown = isUnknown;
        }

        return ranges;
    }

    private void Add(ReadOnlySpan<char> text, TextRange range, List<ModelToken> tokens)
    {
        if (_vocabulary.TryGetId(text, out int id))
        {
            tokens.Add(new ModelToken(id, text.ToString(), range.Start, range.End));
            return;
        }

        if (_byteFallback && ByteTokens.TryFind(_vocabulary, text.ToString(), out int[] ids, out string[] names))
        {
            tokens.AddRange(ids.Zip(names, (byteId, name) => new ModelToken(byteId, name, range.Start, range.End)));
            return;
        }

        tokens.Add(new ModelToken(_unknown!.Value, text.ToString(), range.Start, range.End));
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Node(int Start, double Score, bool IsUnknown, bool IsReached);
}
