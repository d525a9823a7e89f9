using System.Globalization;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>What the model would say of each text if each block were its last (logit lens).</summary>
/// <param name="model">The model.</param>
/// <param name="layers">Layers, 0 the embeddings, negative ones from the end; none means all.</param>
/// <param name="positions">Positions, negative ones from the end; none means all.</param>
/// <param name="top">How many tokens of each distribution.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class LensTask(LanguageModel model, IReadOnlyList<int>? layers = null, IReadOnlyList<int>? positions = null, int top = 5, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "lens";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("readings", RowType.Records,
        [
            new("layer", RowType.Integer),
            new("block", RowType.Integer),
            new("at", RowType.Text),
            new("position", RowType.Integer),
            new("token", RowType.Text),
            new("id", RowType.Integer),
            new("top", RowType.Records,
            [
                new("rank", RowType.Integer),
                new("id", RowType.Integer),
                new("token", RowType.Text),
                new("probability", RowType.Real),
            ]),
            new("entropy", RowType.Real),
            new("klFinalToLens", RowType.Real),
            new("klLensToFinal", RowType.Real),
            new("nextId", RowType.Integer),
            new("next", RowType.Text),
            new("rankOfNext", RowType.Integer),
            new("logProbabilityOfNext", RowType.Real),
            new("normApplied", RowType.Boolean),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("layers", string.Join(", ", layers ?? [])),
        new("positions", string.Join(", ", positions ?? [])),
        new("top", top.ToString(CultureInfo.InvariantCulture)),
        new("truncate", $"{truncate}"),
    ];

    /// <inheritdoc/>
    public override TokenSequence Read(SourceRow row)
    {
        var text = base.Read(row);
        try
        {
            foreach (var position in positions ?? [])
            {
                _ = TokenPosition.Of(text, position);
            }
        }
        catch (GptxException missing)
        {
            // A text may be too short for a position that others have.
            throw new GptxException(GptxErrorKind.InvalidInput, missing.ErrorId, missing.Message, missing);
        }

        return text;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) =>
    [
        .. rows.Select(row => (object?[])
        [
            row.Tokens.Label,
            LogitLens.Of(Model, row.Tokens, layers, positions, top, 0, cancellation).Select(Values).ToList(),
            Model.Name,
        ]),
    ];

    private static object?[] Values(LensReading reading) =>
    [
        reading.Layer,
        reading.Block,
        reading.At,
        reading.Position,
        reading.Token,
        reading.Id,
        reading.Top.Select(token => (object?[])[token.Rank, token.Id, token.Token, token.Probability]).ToList(),
        reading.Entropy,
        reading.KlFinalToLens,
        reading.KlLensToFinal,
        reading.NextId,
        reading.Next,
        reading.RankOfNext,
        reading.LogProbabilityOfNext,
        reading.NormApplied,
    ];
}
