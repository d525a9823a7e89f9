namespace Gptx.Tokenization;

/// <summary>Turns tokens back into text.</summary>
internal interface ITokenDecoder
{
    ITokenDecoding Begin();
}

/// <summary>One run of decoding: what has been handed out so far, and what still waits for the rest of its character.</summary>
internal interface ITokenDecoding
{
    /// <summary>Takes the next token and gives the text that is now certain, often empty.</summary>
    string Append(string token);

    /// <summary>Gives what is left, where the tokens ended inside a character.</summary>
    string Finish();
}
