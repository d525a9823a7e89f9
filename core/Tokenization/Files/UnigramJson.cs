using System.Buffers.Text;

namespace Gptx.Tokenization;

/// <summary>Reads a Unigram model out of the member <c>model</c> of a tokenizer.json: <c>"vocab": [["&lt;unk&gt;", 0.0], ...]</c>.</summary>
internal static class UnigramJson
{
    public static (TokenTable Tokens, ITokenizerModel Model) Read(JsonSections model)
    {
        if (!model.Has("vocab"))
        {
            throw TokenizerErrors.Unreadable(model.Path, "the field 'vocab' is missing");
        }

        var tokens = new TokenTable();
        var scores = new ScoreTrie();
        int count = ReadVocabulary(model.Large("vocab"), $"{model.Path}.vocab", tokens, scores);
        tokens.Complete();
        int? unknown = model.Optional("unk_id")?.Id();
        if (unknown is { } id && (uint)id >= (uint)count)
        {
            throw TokenizerErrors.Unreadable($"{model.Path}.unk_id", $"the id {(uint)id} is not in the vocabulary of {count} tokens");
        }

        return (tokens, new UnigramModel(tokens, scores, unknown, model.Optional("byte_fallback")?.Flag() ?? false));
    }

    // A token's id is its place.
    private static int ReadVocabulary(ReadOnlyMemory<byte> json, string path, TokenTable tokens, ScoreTrie scores)
    {
        var scanner = new JsonScanner(json.Span, path);
        if (!scanner.TryTake('['))
        {
            throw TokenizerErrors.Unreadable(path, "expected an array of tokens and scores");
        }

        int count = 0;
        if (!scanner.TryTake(']'))
        {
            do
            {
                ReadOnlySpan<char> token = scanner.TryTake('[') && scanner.Peek() == '"' ? scanner.Text() : throw Wrong(path, count);
                scanner.Take(',');
                scanner.Peek();
                int start = scanner.Position;
                scanner.Skip();
                ReadOnlySpan<byte> number = json.Span[start..scanner.Position].TrimEnd(" \r\n\t"u8);
                bool isNumber = Utf8Parser.TryParse(number, out double score, out int used) && used == number.Length && double.IsFinite(score);
                if (!isNumber || !scanner.TryTake(']'))
                {
                    throw Wrong(path, count);
                }

                tokens.Add(token, count++);
                scores.Add(token, score);
            }
            while (scanner.Continues(']'));
        }

        scanner.End();
        return count;
    }

    private static GptxException Wrong(string path, int index) => TokenizerErrors.Unreadable($"{path}[{index}]", "expected a token and its score");
}
