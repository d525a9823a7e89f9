using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>The token that stands for a blank.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Spelling">How it is written in a text.</param>
internal sealed record MaskToken(int Id, string Spelling)
{
    private static readonly string[] Usual = ["[MASK]", "<mask>"];

    /// <summary>The mask token of a model: the one that tokenizer_config.json names, else the usual one that its vocabulary has.</summary>
    /// <exception cref="GptxException"><c>MaskTokenMissing</c>.</exception>
    public static MaskToken Of(LanguageModel model)
    {
        var vocabulary = model.RequireTokenizer().Vocabulary;
        foreach (var spelling in (string[])[.. Named(model), .. Usual])
        {
            if (vocabulary.TryGetId(spelling, out var id))
            {
                return new MaskToken(id, spelling);
            }
        }

        throw new GptxException(
            GptxErrorKind.ModelNotLoadable, "MaskTokenMissing", $"{model.Folder} has no mask token: neither tokenizer_config.json names one, nor has the vocabulary {string.Join(" or ", Usual)}");
    }

    /// <summary>A text in which blanks are written as this model has them.</summary>
    /// <exception cref="GptxException"><c>BlankMissing</c>.</exception>
    public TokenSequence Read(LanguageModel model, TokenSequence given)
    {
        var text = given.Text is { } own && Usual.Any(usual => usual != Spelling && own.Contains(usual, StringComparison.Ordinal))
            ? TokenSequence.FromText(model, Usual.Aggregate(own, (rest, usual) => rest.Replace(usual, Spelling, StringComparison.Ordinal)))
            : given;
        return text.Ids.Contains(Id) ? text : throw new GptxException(
            GptxErrorKind.InvalidInput, "BlankMissing", $"the text has no blank to fill: write {Spelling} where one is, for example \"the {Spelling} sat there\"");
    }

    /// <summary>The text with a token at a blank, without what the template put around it.</summary>
    public string Fill(LanguageModel model, TokenSequence text, int blank, int id)
    {
        var kept = text.Tokens.Index().Where(token => !(token.Item is { IsSpecial: true, Length: 0 } && text.Text is not null));
        return model.RequireTokenizer().Decode(kept.Select(token => token.Index == blank ? id : token.Item.Id));
    }

    private static IEnumerable<string> Named(LanguageModel model)
    {
        var path = Path.Join(model.Folder, "tokenizer_config.json");
        if (File.Exists(path) && ModelConfig.Read(path) is var config && config.Json.TryGetProperty("mask_token", out var mask))
        {
            var name = mask.ValueKind == System.Text.Json.JsonValueKind.Object ? config.FindSection("mask_token")!.FindString("content")
                : mask.ValueKind == System.Text.Json.JsonValueKind.String ? mask.GetString() : null;
            if (name is not null)
            {
                yield return name;
            }
        }
    }
}
