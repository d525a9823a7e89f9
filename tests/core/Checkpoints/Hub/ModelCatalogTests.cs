using Gptx.Architectures;
using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>The catalog names models that can be loaded, each fact with its source.</summary>
public class ModelCatalogTests
{
    private static readonly string[] Purposes = ["text", "chat", "code", "embeddings", "classification", "tagging", "answers", "masks", "multilingual"];

    [Fact]
    public void There_are_thirty_or_more_over_most_architectures()
    {
        Assert.True(ModelCatalog.All.Count >= 30);
        Assert.True(ModelCatalog.All.Select(model => model.Architecture).Distinct().Count() >= 25);
        Assert.Equal(ModelCatalog.All.Count, ModelCatalog.All.Select(model => model.Name.ToUpperInvariant()).Distinct().Count());
        Assert.All(Purposes, purpose => Assert.Contains(ModelCatalog.All, model => model.GoodFor.Contains(purpose)));
    }

    [Fact]
    public void Each_can_be_pulled_by_its_name_and_loaded_by_its_architecture() => Assert.All(ModelCatalog.All, model =>
    {
        Assert.Contains('/', HubModelName.Parse(model.Name).Id);
        Assert.Contains(model.Architecture, ArchitectureCatalog.ModelTypes);
        Assert.NotEmpty(model.GoodFor);
        Assert.All(model.GoodFor, purpose => Assert.Contains(purpose, Purposes));
        Assert.EndsWith(".", model.Note, StringComparison.Ordinal);
        Assert.Equal($"https://huggingface.co/{model.Name}", model.Source);
        Assert.True(model.Parameters is null or > 1_000_000);
    });

    [Fact]
    public void Checked_are_those_that_were_run() => Assert.Equal(
        ["HuggingFaceTB/SmolLM2-135M-Instruct", "sentence-transformers/all-MiniLM-L6-v2"],
        ModelCatalog.All.Where(model => model.Checked).Select(model => model.Name));

    [Fact]
    public void All_words_must_be_there()
    {
        using var folder = new TemporaryFolder();
        var settings = new HubSettings { Cache = folder.Path };
        Assert.Equal(ModelCatalog.All.Count, ModelCatalog.Find([], settings).Count);
        Assert.All(ModelCatalog.Find(["Multilingual", "embeddings"], settings), model => Assert.Contains("e5", model.Name, StringComparison.Ordinal));
        Assert.Empty(ModelCatalog.Find(["chat", "tagging"], settings));
        Directory.CreateDirectory(folder["models--dslim--bert-base-NER"]);
        Assert.True(Assert.Single(ModelCatalog.Find(["NER tagging"], settings)).Cached);
    }
}
