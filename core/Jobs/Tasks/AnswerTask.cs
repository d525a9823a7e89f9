using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.Jobs.Tasks;

/// <summary>Where in a text the answer to each question stands.</summary>
/// <param name="model">A model that answers questions about a text.</param>
/// <param name="context">The text with the answers.</param>
/// <param name="top">How many answers to each question.</param>
public sealed class AnswerTask(LanguageModel model, string context, int top = 1) : ModelTask(model, truncate: false)
{
    /// <inheritdoc/>
    public override string Name => "answer";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
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
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("context", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)))),
        new("top", top.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TextAnswer.Of(Model, [.. rows.Select(row => row.Tokens)], context, top, 0, cancellation),
        answer => answer.Index,
        (text, answers) => Values(text, [.. answers]));

    private object?[] Values(TokenSequence question, TextAnswer[] answers) =>
    [
        question.Label,
        answers.FirstOrDefault()?.Answer,
        answers.FirstOrDefault()?.Score,
        answers.Select(answer => (object?[])[answer.Rank, answer.Answer, answer.Start, answer.Length, answer.Score]).ToList(),
        Model.Name,
    ];
}
