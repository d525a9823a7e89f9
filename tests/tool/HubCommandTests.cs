using Gptx.Tests.Checkpoints;
using Gptx.Tests.Checkpoints.Hub;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>Models by name on the command line, against a hub on loopback that serves the embedded model.</summary>
public sealed class HubCommandTests : IDisposable
{
    private const string Name = "org/story";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new();

    public HubCommandTests()
    {
        _hub.Revisions[Name] = new(StringComparer.Ordinal) { ["main"] = FakeHub.Commit };
        _hub.Commits[FakeHub.Commit] = Directory.EnumerateFiles(Gptx.Inference.ModelLocation.EmbeddedFolder).ToDictionary(
            path => Path.GetFileName(path), path => new FakeFile(File.ReadAllBytes(path), path.EndsWith(".safetensors", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_name_is_all_it_takes_and_the_second_time_nothing_is_asked()
    {
        var first = Run("generate", "Once upon a time", "--model", Name, "--seed", "7", "--max-tokens", "5").Succeeded();
        Assert.Equal(CommandRun.Of("generate", "Once upon a time", "--seed", "7", "--max-tokens", "5").Out, first.Out);
        Assert.Contains("pulling org/story (main): ", first.Error, StringComparison.Ordinal);
        Assert.Contains(" MB in 5 files", first.Error, StringComparison.Ordinal);
        var asked = _hub.Connections;
        Assert.DoesNotContain("pulling", Run("next", "Once", "--model", Name).Succeeded().Error, StringComparison.Ordinal);
        Run("next", "Once", "--model", Name, "--offline").Succeeded();
        Assert.Equal(asked, _hub.Connections);
    }

    [Fact]
    public void A_tokenizer_is_pulled_without_weights_and_the_weights_when_they_are_needed()
    {
        Assert.Equal(CommandRun.Of("tokenize", "Once upon").Lines.Count, Run("tokenize", "Once upon", "--model", Name).Succeeded().Lines.Count);
        Assert.Equal(0, _hub.Downloads("/lfs/"));
        Run("next", "Once", "--model", Name).Succeeded();
        Assert.Equal(1, _hub.Downloads("/lfs/"));
    }

    [Theory]
    [InlineData("model", "info", Name)]
    [InlineData("model", "path", Name)]
    [InlineData("model", "verify", "golden", "--model", Name)]
    public void What_never_downloads_does_not(params string[] args)
    {
        Run(args).Refused(ExitCode.ModelNotLoadable, "gptx model pull org/story");
        Assert.Equal(0, _hub.Connections);
    }

    [Fact]
    public void Completion_does_not_ask_the_hub_and_knows_names()
    {
        Assert.Contains("HuggingFaceTB/SmolLM2-135M-Instruct", Run("[suggest:24]", "gptx generate --model Hug").Out, StringComparison.Ordinal);
        Assert.Contains("embedded", Run("[suggest:24]", "gptx generate --model emb").Out, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Connections);
    }

    [Fact]
    public void Offline_it_says_what_is_missing()
    {
        Run("next", "Once", "--model", Name, "--offline").Refused(ExitCode.ModelNotLoadable, "no network may be used");
        Run("model", "pull", Name, "--offline").Refused(ExitCode.ModelNotLoadable, "no network may be used");
        With(new() { ["GPTX_OFFLINE"] = "1" }, "next", "Once", "--model", Name).Refused(ExitCode.ModelNotLoadable, "no network may be used");
        Assert.Equal(0, _hub.Connections);
    }

    [Fact]
    public void Models_are_pulled_listed_found_and_removed()
    {
        var planned = Run("model", "pull", Name, "--dry-run").Succeeded();
        Assert.Equal(0, planned.Lines[0].GetProperty("downloadedFiles").GetInt32());
        Assert.Contains("would pull", planned.Error, StringComparison.Ordinal);
        var pulled = Run("model", "pull", Name).Succeeded().Lines[0];
        Assert.Equal(5, pulled.GetProperty("downloadedFiles").GetInt32());
        Assert.Equal(0, Run("model", "pull", Name).Succeeded().Lines[0].GetProperty("downloadedFiles").GetInt32());
        var listed = Assert.Single(Run("model", "list").Succeeded().Lines);
        Assert.Equal((Name, "main", true), (listed.GetProperty("name").GetString(), listed.GetProperty("revisions")[0].GetString(), listed.GetProperty("usable").GetBoolean()));
        Assert.Equal(pulled.GetProperty("path").GetString(), Run("model", "path", Name).Succeeded().Out.TrimEnd('\n'));
        Assert.Equal(6_967_296, Run("model", "info", Name).Succeeded().Lines[0].GetProperty("parameters").GetInt64());
        Run("model", "remove", Name).Refused(ExitCode.Usage, "--yes");
        var removed = Run("model", "remove", Name, "--yes").Succeeded().Lines[0];
        Assert.Equal(5, removed.GetProperty("files").GetInt32());
        Assert.Empty(Run("model", "list").Succeeded().Lines);
        Assert.False(Directory.Exists(Path.Join(_folder["hub"], "models--org--story")));
        Run("model", "remove", Name, "--yes").Refused(ExitCode.ModelNotLoadable, "is not in the hub's cache");
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("\n", false)]
    [InlineData("no\n", false)]
    [InlineData("", false)]
    public void On_a_terminal_it_asks_before_it_removes(string answer, bool goes)
    {
        Run("model", "pull", Name).Succeeded();
        var run = CommandRun.With(new Conditions { Variables = Variables, Input = answer, InputIsRedirected = false, IsTerminal = true }, "model", "remove", Name);
        Assert.Equal(goes ? 0 : 1, run.Code);
        Assert.Contains("remove org/story (5 files", run.Error, StringComparison.Ordinal);
        Assert.Equal(!goes, Directory.Exists(Path.Join(_folder["hub"], "models--org--story")));
    }

    [Fact]
    public void One_revision_goes_and_files_that_another_uses_stay()
    {
        const string Older = "c0ffee0000000000000000000000000000000002";
        _hub.Revisions[Name]["v1"] = Older;
        _hub.Commits[Older] = new(_hub.Commits[FakeHub.Commit], StringComparer.Ordinal) { ["config.json"] = new FakeFile("{ }"u8.ToArray(), IsLarge: false) };
        Run("model", "pull", Name, $"{Name}@v1").Succeeded();
        Assert.Equal(1, _hub.Downloads("/lfs/"));
        var removed = Run("model", "remove", $"{Name}@v1", "--yes").Succeeded().Lines[0];
        Assert.Equal((1, 3L), (removed.GetProperty("files").GetInt32(), removed.GetProperty("bytes").GetInt64()));
        Run("next", "Once", "--model", Name, "--offline").Succeeded();
        Run("next", "Once", "--model", $"{Name}@v1", "--offline").Refused(ExitCode.ModelNotLoadable, "no network");
    }

    [Fact]
    public void A_cache_of_older_times_without_lists_and_locks_is_used_and_removed()
    {
        Run("model", "pull", Name).Succeeded();
        Directory.Delete(Path.Join(_folder["hub"], "models--org--story", "trees"), recursive: true);
        Directory.Delete(Path.Join(_folder["hub"], ".locks"), recursive: true);
        Run("next", "Once", "--model", Name, "--offline").Succeeded();
        Run("model", "remove", Name, "--yes").Succeeded();
        Assert.False(Directory.Exists(Path.Join(_folder["hub"], "models--org--story")));
    }

    [Fact]
    public void Well_known_models_are_found_by_words()
    {
        Assert.All(Run("model", "list", "--known", "embeddings").Succeeded().Lines, line => Assert.Contains("embeddings", line.GetProperty("goodFor").ToString(), StringComparison.Ordinal));
        Assert.Empty(Run("model", "list", "--known", "no-such-thing").Succeeded().Lines);
        Assert.Equal(0, _hub.Connections);
    }

    [Fact]
    public void A_bad_variable_breaks_only_what_needs_it()
    {
        With(new() { ["HF_ENDPOINT"] = "nonsense" }, "next", "Once").Succeeded();
        With(new() { ["HF_ENDPOINT"] = "nonsense" }, "next", "Once", "--model", Name).Refused(ExitCode.Usage, "HF_ENDPOINT");
    }

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal) { ["HF_ENDPOINT"] = _hub.Address, ["HF_HUB_CACHE"] = _folder["hub"] };

    private CommandRun Run(params string[] args) => CommandRun.With(new Conditions { Variables = Variables }, args);

    private CommandRun With(Dictionary<string, string> variables, params string[] args) =>
        CommandRun.With(new Conditions { Variables = new(Variables.Concat(variables).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value), StringComparer.Ordinal) }, args);
}
