using Gptx.Chat;
using Gptx.Tokenization;

namespace Gptx.Inference;

/// <summary>Which end of a text is kept when it is longer than the context.</summary>
public enum KeptEnd
{
    /// <summary>The first tokens: what reads or scores a text.</summary>
    Start,

    /// <summary>The last tokens: what goes on from a text.</summary>
    End,
}

/// <summary>A text as a model reads it: its tokens, in order.</summary>
/// <param name="Text">The text; null where token ids were given.</param>
/// <param name="Tokens">Its tokens with their places in the text; for given ids the places are 0.</param>
public sealed record TokenSequence(string? Text, IReadOnlyList<EncodedToken> Tokens)
{
    /// <summary>The ids of the tokens.</summary>
    public IReadOnlyList<int> Ids { get; } = [.. Tokens.Select(token => token.Id)];

    /// <summary>Number of tokens.</summary>
    public int Count => Tokens.Count;

    /// <summary>The text, or the ids as they are written on a command line.</summary>
    public string Label => Text ?? string.Join(',', Ids);

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>; <c>TextEmpty</c>.</exception>
    public static TokenSequence FromText(LanguageModel model, string text)
    {
        var tokens = model.RequireTokenizer().EncodeToTokens(text);
        return tokens.Count > 0 ? new TokenSequence(text, tokens) : throw TokenCheck.Empty();
    }

    /// <summary>
    /// The prompt that a conversation becomes. The template writes special tokens itself, so the tokenizer puts none in; it recognises them
    /// wherever they stand, in what the messages say too, as transformers does.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="template">The chat template: the model's own, or another.</param>
    /// <param name="request">The conversation.</param>
    /// <param name="cancellation">Stops the rendering.</param>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>; <c>TextEmpty</c>; those of <see cref="ChatTemplate.Render"/>.</exception>
    public static TokenSequence FromChat(LanguageModel model, ChatTemplate template, ChatRequest request, CancellationToken cancellation = default)
    {
        var text = template.Render(request, cancellation).Text;
        var tokens = model.RequireTokenizer().EncodeToTokens(text, addSpecialTokens: false);
        return tokens.Count > 0 ? new TokenSequence(text, tokens) : throw TokenCheck.Empty();
    }

    /// <summary>Given ids, checked against the vocabulary.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c> or <c>TokenIdUnknown</c>.</exception>
    public static TokenSequence FromIds(LanguageModel model, IReadOnlyList<int> ids)
    {
        TokenCheck.Ids(ids, model.Shape);
        return new TokenSequence(null, [.. ids.Select(id => new EncodedToken(id, model.TokenName(id), model.TokenText(id), 0, 0, IsSpecial: false))]);
    }

    /// <summary>At most <paramref name="most"/> tokens of one end. What the template puts behind a text (<c>[SEP]</c>) stays where its start is kept.</summary>
    public TokenSequence Truncate(int most, KeptEnd kept)
    {
        if (Count <= most)
        {
            return this;
        }

        var closing = Tokens.Reverse().TakeWhile(token => token is { IsSpecial: true, Length: 0 }).Count();
        closing = closing < most ? closing : 0;
        return new TokenSequence(Text, kept == KeptEnd.Start
            ? [.. Tokens.Take(most - closing), .. Tokens.Skip(Count - closing)]
            : [.. Tokens.Skip(Count - most)]);
    }
}
