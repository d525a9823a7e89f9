using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

public class SteeringVectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_direction_is_the_same_from_each_kind_of_file()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        using var folder = new TemporaryFolder();
        float[] numbers = [.. Enumerable.Range(0, model.Shape.Width).Select(index => (index - 3) * 0.125f)];
        NpyFile.Write(folder["direction.npy"], [numbers.Length], numbers);
        var writer = new SafetensorsWriter();
        writer.Add("love", [1, numbers.Length], numbers);
        writer.Add("hate", [numbers.Length], new float[numbers.Length]);
        writer.Save(folder["directions.safetensors"]);
        var list = string.Join(", ", numbers.Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        string[] files =
        [
            folder["direction.npy"], folder["directions.safetensors"] + "#love", folder.Write("list.json", $"[{list}]"), folder.Write("object.json", $$"""{ "text": "a", "vector": [{{list}}] }"""),
        ];
        Assert.All(files, file =>
        {
            var steering = SteeringVector.Read(model, file, 1, -2);
            Assert.Equal(numbers, steering.Vector);
            Assert.Equal(ActivationName.ResidPre(1), steering.ToIntervention().Name);
            Assert.Equal(numbers.Select(number => number * -2), steering.ToIntervention().Values.ToArray());
        });
    }

    [Fact]
    public void What_is_no_direction_is_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["matrix.npy"], [2, 3], new float[6]);
        var writer = new SafetensorsWriter();
        writer.Add("a", [2], new float[2]);
        writer.Add("b", [2], new float[2]);
        writer.Save(folder["two.safetensors"]);
        Refuses("FileNotFound", folder["none.npy"]);
        Refuses("VectorFileInvalid", folder["matrix.npy"]);
        Refuses("VectorFileInvalid", folder["two.safetensors"]);
        Refuses("VectorFileInvalid", folder["two.safetensors"] + "#c");
        Refuses("VectorFileInvalid", folder.Write("broken.json", "{"));
        Refuses("VectorFileInvalid", folder.Write("other.json", """{ "numbers": [1] }"""));
        Refuses("VectorFileInvalid", folder.Write("words.json", """["one"]"""));
        Refuses("WidthMismatch", folder.Write("short.json", "[1, 2]"));
        Refuses("VectorNotFinite", folder.Write("large.json", $"[{string.Join(',', Enumerable.Repeat("1e99", model.Shape.Width))}]"));
        Assert.Equal("BlockOutOfRange", Assert.Throws<GptxException>(() => SteeringVector.Read(model, "any", 99)).ErrorId);

        void Refuses(string errorId, string file) => Assert.Equal(errorId, Assert.Throws<GptxException>(() => SteeringVector.Read(model, file, 0)).ErrorId);
    }

    [Fact]
    public void Text_is_generated_from_the_logits_of_a_steered_pass()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var prompt = TokenSequence.FromIds(model, checkpoint.Rows(4)[0]);
        float[] numbers = [.. Enumerable.Range(0, model.Shape.Width).Select(index => index % 3 == 0 ? 1f : -0.5f)];
        var steering = SteeringVector.Of(model, numbers, 1, 3).ToIntervention();
        var options = new GenerationOptions { Temperature = 0, MaxTokens = 6, IgnoreEndOfText = true, Interventions = [steering] };
        var steered = TextGenerator.Generate(model, [prompt], options, cancellation: Cancellation)[0].Tokens.Select(token => token.Id).ToList();
        List<int> ids = [.. prompt.Ids];
        foreach (var id in steered)
        {
            using var values = model.Run([ids], new ActivationSelection(ActivationName.Logits), [steering], Cancellation);
            var logits = values.Row(ActivationName.Logits, 0)[ids.Count - 1].Values.ToArray();
            Assert.Equal(Array.IndexOf(logits, logits.Max()), id);
            ids.Add(id);
        }

        var plain = TextGenerator.Generate(model, [prompt], options with { Interventions = [] }, cancellation: Cancellation)[0].Tokens.Select(token => token.Id);
        Assert.NotEqual(plain, steered);
    }
}
