using Gptx.Inference;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>A tokenizer is there also where its model cannot be loaded.</summary>
public class ModelTokenizerTests
{
    private static string Folder => Path.Join(GoldenRoot.RepositoryRoot, "models", "default-v1");

    [Fact]
    public void It_reads_as_the_model_does()
    {
        using var model = LanguageModel.Load();
        var tokenizer = ModelTokenizer.Load(ModelLocation.Embedded);
        Assert.Equal(TokenSequence.FromText(model, "Once upon a time").Tokens, tokenizer.Read("Once upon a time").Tokens);
        Assert.Equal(TokenSequence.FromIds(model, [5, 7]).Ids, tokenizer.Read([5, 7]).Ids);
        Assert.Equal(model.Shape.ContextLength, tokenizer.ContextLength);
    }

    [Fact]
    public void It_needs_no_weights_no_known_architecture_and_no_folder()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Join(Folder, "tokenizer.json"), folder["tokenizer.json"]);
        Assert.Null(ModelTokenizer.Load(folder.Path).ContextLength);
        folder.Write("config.json", """{"model_type": "nobody-knows-it", "max_position_embeddings": 77}""");
        Assert.Throws<GptxException>(() => LanguageModel.Load(folder.Path));
        Assert.Equal(77, ModelTokenizer.Load(folder.Path).ContextLength);
        Assert.Equal(4, ModelTokenizer.Load(folder["tokenizer.json"]).Read("Once upon a time").Count);
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", "{}");
        Assert.Equal("TokenizerMissing", Assert.Throws<GptxException>(() => ModelTokenizer.Load(folder.Path).Read("text")).ErrorId);
        Assert.Equal("ModelNotFound", Assert.Throws<GptxException>(() => ModelTokenizer.Load(folder["nothing"])).ErrorId);
        var tokenizer = ModelTokenizer.Load(Folder);
        Assert.Equal("TokenIdUnknown", Assert.Throws<GptxException>(() => tokenizer.Read([5, 8192])).ErrorId);
        Assert.Equal("TextEmpty", Assert.Throws<GptxException>(() => tokenizer.Read("")).ErrorId);
        Assert.Equal("ChatTemplateMissing", Assert.Throws<GptxException>(() => tokenizer.RequireChatTemplate()).ErrorId);
    }
}
