using System.Text;
using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>Trained on the same text with the same settings, our file is the reference's, byte for byte.</summary>
[Trait("Category", "Golden")]
public class GoldenTrainingTests
{
    [Fact]
    public void Every_file_is_the_references()
    {
        IReadOnlyList<string> names = GoldenTraining.Names();
        Assert.NotEmpty(names);
        Assert.All(names, name => Check(GoldenTraining.Open(name)));
    }

    [Fact]
    public void Its_text_is_cut_alike_again()
    {
        Assert.All(GoldenTraining.Names(), name =>
        {
            GoldenTraining golden = GoldenTraining.Open(name);
            var ours = Trained(golden, TokenizerBlueprint.Load(golden.ExpectedFile), out _)?.ToTokenizer();
            var theirs = Gptx.Tokenization.Tokenizer.Load(golden.ExpectedFile);
            if (ours is not null && golden.IsRepeatable)
            {
                Assert.All(golden.Lines.Take(200), line => Assert.Equal(theirs.EncodeToIds(line), ours.EncodeToIds(line)));
            }
        });
    }

    private static void Check(GoldenTraining golden)
    {
        var blueprint = TokenizerBlueprint.Load(golden.ExpectedFile);
        TrainedTokenizer? trained = Trained(golden, blueprint, out GptxException? refused);
        if (golden.IsTooSmall)
        {
            Assert.Equal("VocabularyTooSmall", refused?.ErrorId);
            return;
        }

        string ours = JsonOf(trained!);
        Assert.Equal(golden.Settings.GetProperty("entries").GetInt32(), trained!.VocabularySize);

        // Where the reference is not repeatable, it numbered characters with a prefix, or chose among equals at the alphabet's limit, in the
        // order of a hash table. Led to the same order, we must come to the same file. The order itself is not ours.
        AssertSame(golden.Expected, golden.IsRepeatable || ours == golden.Expected ? ours : JsonOf(HashOrder.Train(golden, blueprint)));
    }

    private static TrainedTokenizer? Trained(GoldenTraining golden, TokenizerBlueprint blueprint, out GptxException? refused)
    {
        var trainer = new TokenizerTrainer(blueprint, golden.Options);
        trainer.Add(golden.Lines, cancellation: TestContext.Current.CancellationToken);
        try
        {
            refused = null;
            return trainer.Train(cancellation: TestContext.Current.CancellationToken);
        }
        catch (GptxException error)
        {
            refused = error;
            return null;
        }
    }

    private static string JsonOf(TrainedTokenizer trained)
    {
        using var json = new MemoryStream();
        trained.WriteTo(json);
        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static void AssertSame(string expected, string actual)
    {
        int same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(expected == actual, $"the files differ at character {same}: expected '{At(expected, same)}', found '{At(actual, same)}'");
    }

    private static string At(string text, int place) => text[Math.Max(0, place - 40)..Math.Min(text.Length, place + 40)];
}
