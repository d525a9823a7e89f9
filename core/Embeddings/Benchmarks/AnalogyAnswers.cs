namespace Gptx.Embeddings;

/// <summary>The best answers to analogy questions that are rows of a table: of the words that take part the one of largest score that is none of the three.</summary>
internal sealed class AnalogyAnswers(IWordTable table, BenchmarkWords words, AnalogyMethod method)
{
    private readonly NearestSearch _search = new(table.Vectors);
    private readonly MultiplicativeScores _products = new(table.Vectors, words.Rows);
    private readonly Dictionary<int, float[]> _units = [];

    /// <summary>The rows that answer questions of the rows a, b, c (and d).</summary>
    public IEnumerable<int> Best(IReadOnlyList<int[]> questions, CancellationToken cancellation) =>
        method == AnalogyMethod.Mul ? questions.Select(question => Multiplied(question, cancellation)).ToArray() : Added(questions, cancellation);

    private IEnumerable<int> Added(IReadOnlyList<int[]> questions, CancellationToken cancellation)
    {
        var queries = VectorTable.FromRows([.. questions.Select(question => VectorArithmetic.Combine([Unit(question[1]), Unit(question[2])], [Unit(question[0])]))]);
        var found = _search.FindAll(queries, new NearestOptions { Top = 4, Among = words.Rows }, cancellation);
        return questions.Zip(found, (question, near) => near.Select(word => word.Index).FirstOrDefault(row => !question.AsSpan(0, 3).Contains(row), -1));
    }

    private int Multiplied(int[] question, CancellationToken cancellation)
    {
        var scores = _products.Of([words.Vector(question[1]), words.Vector(question[2])], [words.Vector(question[0])], cancellation);
        var (best, answer) = (double.NegativeInfinity, -1);
        for (var place = 0; place < scores.Length; place++)
        {
            if (scores[place] > best && !question.AsSpan(0, 3).Contains(words.Rows[place]))
            {
                (best, answer) = (scores[place], words.Rows[place]);
            }
        }

        return answer;
    }

    private float[] Unit(int row) => _units.TryGetValue(row, out var unit) ? unit : _units[row] = UnitVector.Of(table.Vectors.CopyRow(row));
}
