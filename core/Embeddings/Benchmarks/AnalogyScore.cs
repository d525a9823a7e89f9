namespace Gptx.Embeddings;

/// <summary>How many questions of a section of an analogy benchmark are answered right.</summary>
/// <param name="Section">The section; <c>total</c> for all.</param>
/// <param name="Correct">Questions whose answer is the best word.</param>
/// <param name="Asked">Questions that count.</param>
/// <param name="Skipped">Questions with a word that takes no part.</param>
/// <param name="Method">How they were scored.</param>
/// <param name="Model">The name of the model, or of the file of vectors.</param>
public sealed record AnalogyScore(string Section, int Correct, int Asked, int Skipped, AnalogyMethod Method, string Model)
{
    private const int BatchQuestions = 512;
    private const string Total = "total";

    /// <summary>The part that is right; null where none was asked.</summary>
    public double? Accuracy => Asked == 0 ? null : (double)Correct / Asked;

    /// <summary>Asks all questions: a section a result, in their order, and all of them last.</summary>
    /// <param name="table">The words.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="options">Which words take part.</param>
    /// <param name="asked">Told how many questions are done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<AnalogyScore> Of(
        IWordTable table, IReadOnlyList<AnalogyQuestion> questions, BenchmarkOptions options, Action<int>? asked = null, CancellationToken cancellation = default)
    {
        var words = new BenchmarkWords(table, options);
        var rows = questions.Select(question => Rows(words, question)).ToArray();
        var isRight = new bool[questions.Count];
        var answering = new AnalogyAnswers(table, words, options.Method);
        var done = 0;
        foreach (var batch in Enumerable.Range(0, rows.Length).Where(place => rows[place] is not null).Chunk(BatchQuestions))
        {
            var answers = answering.Best([.. batch.Select(place => rows[place]!)], cancellation);
            foreach (var (place, answer) in batch.Zip(answers))
            {
                isRight[place] = answer == rows[place]![3];
            }

            asked?.Invoke(done += batch.Length);
        }

        AnalogyScore Score(string section, IEnumerable<int> places)
        {
            var all = places.ToList();
            var known = all.Count(place => rows[place] is not null);
            return new AnalogyScore(
                section, all.Count(place => isRight[place]), options.CountUnknown ? all.Count : known, all.Count - known, options.Method, table.Name);
        }

        return
        [
            .. Enumerable.Range(0, rows.Length).GroupBy(place => questions[place].Section).Select(section => Score(section.Key, section)),
            Score(Total, Enumerable.Range(0, rows.Length)),
        ];
    }

    /// <summary>The section, and how many of its questions are answered right.</summary>
    public override string ToString() => $"{Section}: {Correct} of {Asked}";

    private static int[]? Rows(BenchmarkWords words, AnalogyQuestion question) =>
        words.Find(question.A) is { } a && words.Find(question.B) is { } b && words.Find(question.C) is { } c && words.Find(question.D) is { } d ? [a, b, c, d] : null;
}
