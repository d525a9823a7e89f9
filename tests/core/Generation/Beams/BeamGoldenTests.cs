using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Generation.Beams;
using Gptx.Inference;

namespace Gptx.Tests.Generation.Beams;

/// <summary>Every causal checkpoint of a supported architecture gives the reference implementation's beams and scores.</summary>
[Trait("Category", "Golden")]
public class BeamGoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void Beams_and_scores_are_the_references()
    {
        var failures = new List<string>();
        var cases = 0;
        foreach (var folder in Cases())
        {
            using var model = LanguageModel.Load(folder);
            var beams = BeamVerifier.Verify(model, folder, TestContext.Current.CancellationToken);
            if (beams.Count == 0)
            {
                continue;
            }

            failures.AddRange(beams.Where(beam => !beam.Passed).Select(beam =>
                $"{Path.GetFileName(folder)} beam {beam.Rank}: {string.Join(' ', beam.Actual)} for {string.Join(' ', beam.Expected)}, score {beam.ActualScore} for {beam.ExpectedScore}"));
            output.WriteLine($"{Path.GetFileName(folder)}: {beams.Count} beams, largest error of a score {beams.Max(beam => Math.Abs(beam.ActualScore - beam.ExpectedScore)):e2}");
            cases++;
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.SkipWhen(cases == 0, "No case of an architecture that can be run.");
    }

    private static IEnumerable<string> Cases() => GoldenRoot.CaseFolders("checkpoints").Where(folder =>
        File.Exists(Path.Join(folder, "golden.json"))
        && ArchitectureCatalog.ModelTypes.Contains(ModelConfig.Read(Path.Join(folder, "config.json")).ModelType));
}
