namespace Gptx.Tokenization;

/// <summary>Steps that rewrite tokens one after the other; what comes out of the last one is the text.</summary>
internal sealed class ChainDecoder : ITokenDecoder
{
    private readonly IReadOnlyList<Func<ITokenRewriting>> _steps;

    /// <summary>Makes a decoder.</summary>
    /// <param name="steps">What begins each step, for one text.</param>
    public ChainDecoder(IReadOnlyList<Func<ITokenRewriting>> steps)
    {
        _steps = steps;
    }

    public ITokenDecoding Begin() => new Run([.. _steps.Select(begin => begin())]);

    private sealed class Run(ITokenRewriting[] steps) : ITokenDecoding
    {
        public string Append(string token) => string.Concat(Pass([token], from: 0));

        public string Finish()
        {
            var text = new System.Text.StringBuilder();
            for (int i = 0; i < steps.Length; i++)
            {
                var rest = new List<string>();
                steps[i].Finish(rest);
                text.AppendJoin("", Pass(rest, i + 1));
            }

            return text.ToString();
        }

        private List<string> Pass(List<string> tokens, int from)
        {
            foreach (ITokenRewriting step in steps.Skip(from))
            {
                var next = new List<string>();
                tokens.ForEach(token => step.Append(token, next));
                tokens = next;
            }

            return tokens;
        }
    }
}
