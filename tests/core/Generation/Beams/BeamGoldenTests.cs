using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tests.Generation.Beams;

/// <summary>Every causal checkpoint of a supported architecture gives the reference implementation's beams and scores.</summary>
[Trait("Category", "Golden")]
public class BeamGoldenTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void Beams_and_scores_are_the_references()
    {
        var failures = new List<string>();
        var cases = 0;
        foreach (var folder in Cases())
        {
            if (ReferenceBeams.Read(Path.Join(folder, "golden.json")) is not { } reference)
            {
                continue;
            }

            using var model = LanguageModel.Load(folder);
            var texts = TextGenerator.Generate(model, [TokenSequence.FromIds(model, reference.Prompt)], reference.Options, cancellation: TestContext.Current.CancellationToken);
            failures.AddRange(Differences(texts, reference).Select(difference => $"{Path.GetFileName(folder)}: {difference}"));
            output.WriteLine($"{Path.GetFileName(folder)}: {texts.Count} beams, largest error of a score {texts.Zip(reference.Scores, (text, score) => Math.Abs(text.Score!.Value - score)).Max():e2}");
            cases++;
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.SkipWhen(cases == 0, "No case of an architecture that can be run.");
    }

    private static IEnumerable<string> Differences(IReadOnlyList<GeneratedText> texts, ReferenceBeams reference)
    {
        if (texts.Count != reference.Texts.Count)
        {
            yield return $"{texts.Count} beams for {reference.Texts.Count}";
        }

        // A nat is the scale of a score: several are near 0.
        var allowed = Tolerance * Math.Max(1, reference.Scores.Max(Math.Abs));
        foreach (var (rank, text) in texts.Take(reference.Texts.Count).Index())
        {
            int[] ids = [.. text.Tokens.Select(token => token.Id)];
            if (!ids.SequenceEqual(reference.Texts[rank]))
            {
                yield return $"beam {rank}: {string.Join(' ', ids)} for {string.Join(' ', reference.Texts[rank])}";
            }

            if (!(Math.Abs(text.Score!.Value - reference.Scores[rank]) <= allowed))
            {
                yield return $"beam {rank}: score {text.Score} for {reference.Scores[rank]}";
            }
        }
    }

    private static IEnumerable<string> Cases() => GoldenRoot.CaseFolders("checkpoints").Where(folder =>
        File.Exists(Path.Join(folder, "golden.json"))
        && ArchitectureCatalog.ModelTypes.Contains(ModelConfig.Read(Path.Join(folder, "config.json")).ModelType));
}
