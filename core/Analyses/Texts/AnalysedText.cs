using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Analyses;

/// <summary>A text that is analysed, or what is wrong with its row.</summary>
/// <param name="Label">What it is called, and what it says.</param>
/// <param name="Number">Which row of the input it is, from 1.</param>
public sealed record AnalysedText(RowLabel Label, long Number)
{
    /// <summary>Token ids in place of a text.</summary>
    public IReadOnlyList<int>? Ids { get; init; }

    /// <summary>Why the row cannot be read.</summary>
    public GptxException? Fault { get; init; }

    /// <summary>How much of the input has been read when it is there, 0 to 1; null where nobody knows.</summary>
    public double? Share { get; init; }

    /// <summary>The text, or the ids as they are written.</summary>
    public string Shown => Label.Text ?? string.Join(", ", Ids ?? []);

    /// <summary>Texts that are not of a file, called by their numbers from 0.</summary>
    public static IEnumerable<AnalysedText> Of(IEnumerable<string> texts) => texts.Select((text, index) => new AnalysedText(new RowLabel((long)index, text), index + 1));

    /// <summary>The texts that stand beside vectors.</summary>
    /// <exception cref="GptxException"><c>TextMissing</c>: a row has none.</exception>
    public static IEnumerable<AnalysedText> Of(IVectorRows rows, CancellationToken cancellation)
    {
        var number = 0L;
        foreach (var block in rows.Blocks(cancellation))
        {
            foreach (var label in block.Labels)
            {
                yield return label.Text is not null ? new AnalysedText(label, ++number) { Share = block.Share } : throw new GptxException(
                    GptxErrorKind.InvalidArgument, "TextMissing", $"{rows.Name}: row {label.RowId} has no text beside its vector");
            }
        }
    }

    /// <summary>The rows of sources, read as they are needed.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>, <c>InputDamaged</c>, <c>FieldMissing</c>.</exception>
    public static IEnumerable<AnalysedText> Of(IReadOnlyList<RowSource> sources, RowFields fields, RowLimits limits, CancellationToken cancellation)
    {
        var number = 0L;
        var total = sources.All(source => source is { Path: not null, Format: not RowFormat.Parquet, Compression: RowCompression.None } && File.Exists(source.Path))
            ? (double?)Math.Max(1, sources.Sum(source => new FileInfo(source.Path!).Length))
            : null;
        var before = 0L;
        foreach (var (index, source) in sources.Index())
        {
            foreach (var row in RowReaders.Of(source, index, fields, limits).Units(_ => true, cancellation).SelectMany(unit => unit.Rows))
            {
                var label = new RowLabel(RowLabel.IdOf(row.Id, source.Name, row.Offset), row.Text) { Kept = row.Kept };
                yield return new AnalysedText(label, ++number) { Ids = row.Ids, Fault = row.Fault, Share = total is { } all ? (before + row.Offset) / all : null };
            }

            before += total is null ? 0 : new FileInfo(source.Path!).Length;
        }
    }

    /// <summary>The tokens, as a model reads them.</summary>
    /// <exception cref="GptxException">What is wrong with the row (kind <see cref="GptxErrorKind.InvalidInput"/>).</exception>
    internal TokenSequence Tokens(LanguageModel model, bool truncate)
    {
        var tokens = Fault is not null ? throw Fault : Ids is { } ids ? TokenSequence.FromIds(model, ids) : TokenSequence.FromText(model, Label.Text!);
        return truncate ? tokens.Truncate(model.Shape.ContextLength, KeptEnd.Start) : tokens;
    }
}

/// <summary>A row that could not be analysed; the others were.</summary>
/// <param name="Row">The row.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record TextFault(AnalysedText Row, GptxException Fault);
