using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>A text as a sentence-transformers model reads it: behind its prompt, in lower case where the recipe has it so, cut to its length.</summary>
internal static class SentenceText
{
    /// <summary>The tokens; given ids are taken as they are, but cut too.</summary>
    public static TokenSequence Of(LanguageModel model, SentenceRecipe recipe, TokenSequence given, TextEmbeddingOptions options)
    {
        var prompt = recipe.PromptFor(options.Prompt);
        var text = given.Text is { } own && (prompt.Length > 0 || recipe.LowerCase)
            ? TokenSequence.FromText(model, recipe.LowerCase ? (prompt + own).ToLowerInvariant() : prompt + own)
            : given;
        return options.Chunk ? text : text.Truncate(recipe.MostTokens, KeptEnd.Start);
    }

    /// <summary>How many tokens of each text are the prompt's, with what the template puts before; those behind it do not count.</summary>
    public static int PromptLength(LanguageModel model, SentenceRecipe recipe, TextEmbeddingOptions options)
    {
        var prompt = recipe.PromptFor(options.Prompt);
        if (prompt.Length == 0)
        {
            return 0;
        }

        var tokens = TokenSequence.FromText(model, recipe.LowerCase ? prompt.ToLowerInvariant() : prompt).Tokens;
        return tokens.Count - tokens.Reverse().TakeWhile(token => token is { IsSpecial: true, Length: 0 }).Count();
    }
}
