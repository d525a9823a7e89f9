using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

public class HubNameTests
{
    [Theory]
    [InlineData("org/name", "org/name", null, null)]
    [InlineData("gpt2", "gpt2", null, null)]
    [InlineData("org/name@v1.0", "org/name", "v1.0", null)]
    [InlineData("org/name@refs/pr/1", "org/name", "refs/pr/1", null)]
    [InlineData("org/name:Q4_K_M", "org/name", null, "Q4_K_M")]
    [InlineData("org/name:Q4_K_M@v1", "org/name", "v1", "Q4_K_M")]
    [InlineData("org/name@v1:Q4_K_M", "org/name", "v1", "Q4_K_M")]
    [InlineData("a-b/c.d_e", "a-b/c.d_e", null, null)]
    [InlineData("org/name:onnx/model.onnx", "org/name", null, "onnx/model.onnx")]
    public void Names_are_read(string text, string id, string? revision, string? choice) =>
        Assert.Equal(new HubModelName(id, revision, choice), HubModelName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("a..b/c")]
    [InlineData("a--b/c")]
    [InlineData("-a/b")]
    [InlineData("a/b.git")]
    [InlineData("a b/c")]
    [InlineData("org/name@")]
    [InlineData("org/name@../x")]
    [InlineData("org/name@/x")]
    [InlineData("org/name@x y")]
    [InlineData("org/name\n")]
    [InlineData("C:\\models\\x")]
    public void Others_are_not(string text)
    {
        Assert.False(HubModelName.TryParse(text, out _));
        Refusal.Expect("HubNameInvalid", () => HubModelName.Parse(text));
    }

    [Theory]
    [InlineData("models--org--name", "org/name")]
    [InlineData("models--gpt2", "gpt2")]
    [InlineData("datasets--org--name", null)]
    [InlineData("models--..--x", null)]
    [InlineData(".locks", null)]
    public void Folders_of_the_cache_have_names(string folder, string? id) => Assert.Equal(id, HubModelName.IdOfFolder(folder));

    [Fact]
    public void The_environment_is_read_as_huggingface_hub_does()
    {
        Assert.EndsWith(Path.Join(".cache", "huggingface", "hub"), Of(("HOME", "/home/ada"), ("USERPROFILE", "C:\\ada")).Cache, StringComparison.Ordinal);
        var root = Path.GetPathRoot(Path.GetTempPath())!;
        string At(params string[] parts) => Path.Join([root, .. parts]);
        Assert.Equal(At("x", "huggingface", "hub"), Of(("XDG_CACHE_HOME", At("x"))).Cache);
        Assert.Equal(At("h", "hub"), Of(("HF_HOME", At("h")), ("XDG_CACHE_HOME", At("x"))).Cache);
        Assert.Equal(At("old"), Of(("HF_HOME", At("h")), ("HUGGINGFACE_HUB_CACHE", At("old"))).Cache);
        Assert.Equal(At("new"), Of(("HUGGINGFACE_HUB_CACHE", At("old")), ("HF_HUB_CACHE", At("new"))).Cache);
        Assert.Equal(At("disk", "hub"), Of(("HF_HOME", "$DISK"), ("DISK", At("disk"))).Cache);
        Assert.Equal("https://huggingface.co", Of().Endpoint);
        Assert.Equal("http://here/hub", Of(("HF_ENDPOINT", "http://here/hub/")).Endpoint);
        Assert.True(Of(("HF_HUB_OFFLINE", "1")).Offline);
        Assert.True(Of(("TRANSFORMERS_OFFLINE", "yes")).Offline);
        Assert.True(Of(("GPTX_OFFLINE", "true")).Offline);
        Assert.False(Of(("HF_HUB_OFFLINE", "0"), ("GPTX_OFFLINE", "0")).Offline);
        Assert.False(Of(("HF_HUB_DISABLE_SYMLINKS", "1")).UseLinks);
        Refusal.Expect("HubEndpointInvalid", () => Of(("HF_ENDPOINT", "ftp://x")));
        Assert.DoesNotContain("secret", Refusal.Expect("HubEndpointInvalid", () => Of(("HF_ENDPOINT", "https://me:secret@x"))).Message, StringComparison.Ordinal);
        Refusal.Expect("OptionOutOfRange", () => Of(("HF_HUB_DOWNLOAD_TIMEOUT", "soon")));
    }

    [Fact]
    public void The_token_is_found_where_huggingface_hub_looks()
    {
        using var folder = new TemporaryFolder();
        folder.Write("token", "hf_of_home\n");
        folder.Write("other", " hf_of_path ");
        string? Found(params (string, string)[] variables) => Of([("HF_HOME", folder.Path), .. variables]).Token()?.Header.Parameter;
        Assert.Equal("hf_of_home", Found());
        Assert.Equal("hf_of_path", Found(("HF_TOKEN_PATH", folder["other"])));
        Assert.Equal("hf_var", Found(("HF_TOKEN", "hf_var"), ("HUGGING_FACE_HUB_TOKEN", "hf_older")));
        Assert.Equal("hf_older", Found(("HUGGING_FACE_HUB_TOKEN", "hf_older")));
        Assert.Null(Found(("HF_TOKEN", "hf_var"), ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")));
        Assert.Null(Found(("HF_TOKEN_PATH", folder["nothing"])));
    }

    private static HubSettings Of(params (string Name, string Value)[] variables) =>
        HubSettings.From(name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault());
}
