namespace Gptx.Tokenization;

/// <summary>One step of a decoder, for one text: rewrites tokens as they come, and may hold some back.</summary>
internal interface ITokenRewriting
{
    /// <summary>Takes the next token and adds those that are now certain.</summary>
    void Append(string token, List<string> result);

    /// <summary>Adds what was held back.</summary>
    void Finish(List<string> result)
    {
    }
}

/// <summary>Rewrites each token by itself; the first one may be an exception.</summary>
internal sealed class EachToken(Func<string, bool, string> rewrite) : ITokenRewriting
{
    private bool _begun;

    public void Append(string token, List<string> result)
    {
        result.Add(rewrite(token, !_begun));
        _begun = true;
    }
}
