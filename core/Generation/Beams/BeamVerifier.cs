using Gptx.Inference;
using Gptx.Inference.Verification;

namespace Gptx.Generation.Beams;

/// <summary>Compares a model's beam search with the reference's beams in the <c>golden.json</c> of a folder (<c>beam</c>: num_beams, length_penalty, early_stopping, ids, scores).</summary>
public static class BeamVerifier
{
    private const double Tolerance = 1e-4;

    /// <summary>A verdict a beam, the best first; none where the file has no beams.</summary>
    /// <exception cref="GptxException"><c>GoldenInvalid</c>.</exception>
    public static IReadOnlyList<BeamVerdict> Verify(LanguageModel model, string folder, CancellationToken cancellation = default)
    {
        if (ReferenceBeams.Read(Path.Combine(folder, "golden.json")) is not { } reference)
        {
            return [];
        }

        var texts = TextGenerator.Generate(model, [TokenSequence.FromIds(model, reference.Prompt)], reference.Options, cancellation: cancellation);
        var allowed = Tolerance * Math.Max(1, reference.Scores.Max(Math.Abs)); // a nat is the scale of a score: several are near 0
        return [.. reference.Texts.Zip(reference.Scores).Select((expected, rank) =>
        {
            int[] actual = rank < texts.Count ? [.. texts[rank].Tokens.Select(token => token.Id)] : [];
            var score = rank < texts.Count ? texts[rank].Score!.Value : double.NaN;
            return new BeamVerdict(rank, expected.First, actual, expected.Second, score, actual.SequenceEqual(expected.First) && Math.Abs(score - expected.Second) <= allowed);
        })];
    }
}
