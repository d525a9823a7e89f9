using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>Reads a vocabulary written as <c>{"token": id}</c>, in a tokenizer.json or as vocab.json.</summary>
internal static class VocabularyJson
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TokenTable Read(ReadOnlyMemory<byte> json, string path)
    {
        var scanner = new JsonScanner(json.Span, path);
        if (!scanner.TryTake('{'))
        {
            throw TokenizerErrors.Unreadable(path, "expected an object of tokens and ids");
        }

        var tokens = new TokenTable();
        if (!scanner.TryTake('}'))
        {
            do
            {
                ReadOnlySpan<char> token = scanner.Text();
                scanner.Take(':');
                if (!scanner.TryId(out int id))
                {
                    throw TokenizerErrors.Unreadable($"{path}[\"{token}\"]", "expected an id, a whole number from 0 to 4294967295");
                }

                tokens.Add(token, id);
            }
            while (scanner.Continues('}'));
        }

        scanner.End();

        tokens.Complete();
        return tokens;
    }
}
