using Gptx.Tests.Checkpoints;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>A model that is missing, damaged or unknown: exit code 4, one line, no output.</summary>
public class BadModelTests
{
    private const string Config = """
        {"model_type":"gpt2","n_embd":8,"n_layer":1,"n_head":2,"n_positions":16,"vocab_size":12,"activation_function":"gelu_new"}
        """;

    [Theory]
    [InlineData("nowhere", "no model named 'nowhere'")]
    [InlineData("./nowhere", "no model at './nowhere'")]
    public void A_model_that_is_not_there(string name, string says) => CommandRun.Of("next", "Hi", "--model", name).Refused(ExitCode.ModelNotLoadable, says);

    [Fact]
    public void The_variable_names_the_model_too() => CommandRun.With(
        new Conditions { Variables = { ["GPTX_MODEL"] = "nowhere" } }, "next", "Hi").Refused(ExitCode.ModelNotLoadable, "no model named 'nowhere'");

    [Fact]
    public void A_folder_without_config() => Refuses(_ => { }, "config.json");

    [Theory]
    [InlineData("{", "config.json")]
    [InlineData("[]", "config.json")]
    [InlineData("""{"model_type":"perceptron"}""", "perceptron")]
    public void A_config_that_cannot_be_used(string config, string says) => Refuses(
        folder =>
        {
            folder.Write("config.json", config);
            folder.WriteSafetensors("{}", 0);
        },
        says);

    [Theory]
    [InlineData("{}", 0, "")]
    [InlineData("""{"wte.weight":{"dtype":"F32","shape":[12,8],"data_offsets":[0,9999]}}""", 384, "model.safetensors")]
    [InlineData("""{"wte.weight":{"dtype":"F33","shape":[12,8],"data_offsets":[0,384]}}""", 384, "model.safetensors")]
    [InlineData("""{"wte.weight":{"dtype":"F32","shape":[12,9],"data_offsets":[0,384]}}""", 384, "model.safetensors")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "model.safetensors")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "model.safetensors")]
    [InlineData("""{"wte.weight":{"dtype":"F32","shape":[11,8],"data_offsets":[0,352]}}""", 352, "")]
    public void Weights_that_are_not_what_they_say(string header, int bytes, string says) => Refuses(
        folder =>
        {
            folder.Write("config.json", Config);
            folder.WriteSafetensors(header, bytes);
        },
        says);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_truncated_file(int length) => Refuses(
        folder =>
        {
            folder.Write("config.json", Config);
            folder.Write("model.safetensors", TemporaryFolder.Safetensors("""{"wte.weight":{"dtype":"F32","shape":[12,8],"data_offsets":[0,384]}}""", 384)[..length]);
        },
        "model.safetensors");

    [Fact]
    public void A_header_longer_than_the_file() => Refuses(
        folder =>
        {
            folder.Write("config.json", Config);
            folder.Write("model.safetensors", [0, 0, 0, 0, 0, 0, 0, 0x7f, (byte)'{', (byte)'}']);
        },
        "model.safetensors");

    [Fact]
    public void Cuda_that_is_not_there() => CommandRun.Of("next", "Hi", "--device", "cuda:77").Refused(ExitCode.DeviceMissing, "device cuda:77 cannot be used");

    [Fact]
    public void A_model_without_golden_files() =>
        CommandRun.Of("model", "verify", "embedded").Refused(ExitCode.ModelNotLoadable, "golden.safetensors");

    private static void Refuses(Action<TemporaryFolder> fill, string says)
    {
        using var folder = new TemporaryFolder();
        fill(folder);
        var before = Directory.GetFiles(folder.Path).Length;
        CommandRun.Of("generate", "Hi", "--model", folder.Path, "--out", folder["out.txt"]).Refused(ExitCode.ModelNotLoadable, says);
        CommandRun.Of("model", "info", folder.Path).Refused(ExitCode.ModelNotLoadable, says);
        Assert.Equal(before, Directory.GetFiles(folder.Path).Length);
    }
}
