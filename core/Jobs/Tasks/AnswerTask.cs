using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gptx.Inference;
using Gptx.Prediction;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>Where in a text the answer to each question stands.</summary>
/// <param name="model">A model that answers questions about a text.</param>
/// <param name="context">The text with the answers.</param>
/// <param name="top">How many answers to each question.</param>
public sealed class AnswerTask(LanguageModel model, string context, int top = 1) : IRowTask
{
    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.Of(model));

    /// <inheritdoc/>
    public string Name => "answer";

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("question", RowType.Text),
        new("answer", RowType.Text),
        new("score", RowType.Real),
        new("candidates", RowType.Records,
        [
            new("rank", RowType.Integer),
            new("answer", RowType.Text),
            new("start", RowType.Integer),
            new("length", RowType.Integer),
            new("score", RowType.Real),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("context", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)))),
        new("top", top.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public string ModelHash => _hash.Value;

    /// <inheritdoc/>
    public TokenSequence Read(SourceRow row) => RowTokens.Of(model, row, truncate: false);

    /// <inheritdoc/>
    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TextAnswer.Of(model, [.. rows.Select(row => row.Tokens)], context, top, 0, cancellation),
        answer => answer.Index,
        (text, answers) => Values(text, [.. answers]));

    private object?[] Values(TokenSequence question, TextAnswer[] answers) =>
    [
        question.Label,
        answers.FirstOrDefault()?.Answer,
        answers.FirstOrDefault()?.Score,
        answers.Select(answer => (object?[])[answer.Rank, answer.Answer, answer.Start, answer.Length, answer.Score]).ToList(),
        model.Name,
    ];
}
