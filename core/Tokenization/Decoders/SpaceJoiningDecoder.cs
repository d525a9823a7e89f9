namespace Gptx.Tokenization;

/// <summary>What a file without a decoder means: tokens joined by a space.</summary>
internal sealed class SpaceJoiningDecoder : ITokenDecoder
{
    public ITokenDecoding Begin() => new Run();

    private sealed class Run : ITokenDecoding
    {
        private bool _begun;

        public string Append(string token)
        {
            string text = _begun ? " " + token : token;
            _begun = true;
            return text;
        }

        public string Finish() => "";
    }
}
