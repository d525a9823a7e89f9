using System.Text.Json;

namespace Gptx.Tokenization.Training;

/// <summary>The members of a tokenizer.json as they are written there, without the large ones.</summary>
internal sealed class TokenizerJsonParts
{
    private readonly JsonSections _file;
    private readonly JsonSections _model;

    private TokenizerJsonParts(JsonSections file)
    {
        _file = file;
        _model = file.Has("model")
            ? new JsonSections(file.Large("model"), $"{file.Path}.model", "vocab", "merges")
            : throw TokenizerErrors.Unreadable(file.Path, "the field 'model' is missing");
    }

    public string Path => _file.Path;

    /// <summary>What the model's member <c>type</c> says; old files have none.</summary>
    public string ModelType => _model.Part("type")?.Text() ?? (_model.Has("merges") ? "BPE" : _model.Has("max_input_chars_per_word") ? "WordPiece" : "");

    public static TokenizerJsonParts Read(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            return new TokenizerJsonParts(new JsonSections(json, path, "model"));
        }
        catch (JsonException error)
        {
            throw TokenizerErrors.Syntax(path, json, error);
        }
    }

    /// <summary>A member of the file; null where there is none or it is null.</summary>
    public JsonPart? Find(string name) => _file.Optional(name);

    /// <summary>A member of the model; null where there is none or it is null.</summary>
    public JsonPart? Setting(string name) => _model.Optional(name);
}
