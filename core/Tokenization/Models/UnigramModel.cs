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
    private const int MostKept = 1 << 16;

    // Room for the next piece.
    [ThreadStatic]
    private static Node[]? _best;

    [ThreadStatic]
    private static List<TextRange>? _path;

    private readonly TokenTable _vocabulary;
    private readonly ScoreTrie _scores;
    private readonly int? _unknown;
    private readonly double _unknownScore;
    private readonly bool _byteFallback;

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

    public void Tokenize(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        List<TextRange> path = _path ??= [];
        Node[] best = _best ??= new Node[256];
        if (best.Length <= piece.Length)
        {
            best = new Node[piece.Length + 1];
            _best = best.Length <= MostKept ? best : _best;
        }

        FindBestPath(piece, best.AsSpan(0, piece.Length + 1), path);
        for (int i = path.Count - 1; i >= 0; i--)
        {
            Add(piece[path[i].Start..path[i].End], path[i], tokens);
        }

        _path = path.Capacity <= MostKept ? path : null;
    }

    // Where each token of the best path lies, from the last to the first; neighbouring unknown characters are one.
    private void FindBestPath(ReadOnlySpan<char> piece, Span<Node> best, List<TextRange> path)
    {
        best.Clear();
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

        path.Clear();
        bool wasUnknown = false;
        for (int end = piece.Length; end > 0; end = best[end].Start)
        {
            // The unknown token's own text, where the piece has it, counts as unknown.
            int start = best[end].Start;
            bool isUnknown = best[end].IsUnknown || (_vocabulary.TryGetId(piece[start..end], out int id) && id == _unknown);
            if (isUnknown && wasUnknown)
            {
                path[^1] = new TextRange(start, path[^1].End);
            }
            else
            {
                path.Add(new TextRange(start, end));
            }

            wasUnknown = isUnknown;
        }
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

    private void Add(ReadOnlySpan<char> text, TextRange range, PieceTokens tokens)
    {
        if (_vocabulary.TryGetId(text, out int id))
        {
            tokens.Add(new ModelToken(id, range.Start, range.End));
            return;
        }

        if (_byteFallback && ByteTokens.TryFind(_vocabulary, text.ToString(), out int[] ids, out _))
        {
            foreach (int byteId in ids)
            {
                tokens.Add(new ModelToken(byteId, range.Start, range.End));
            }

            return;
        }

        tokens.Add(new ModelToken(_unknown!.Value, range.Start, range.End, IsSurface: true));
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Node(int Start, double Score, bool IsUnknown, bool IsReached);
}
