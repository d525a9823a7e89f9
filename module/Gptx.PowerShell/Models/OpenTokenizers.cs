using System.Collections.Concurrent;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>The tokenizers that were read in this process; one whose file was written since is read again.</summary>
internal static class OpenTokenizers
{
    private static readonly ConcurrentDictionary<string, (ModelTokenizer Tokenizer, DateTime Written)> Read = new(StringComparer.Ordinal);

    /// <summary>A model's tokenizer, read if it is not there yet.</summary>
    /// <exception cref="GptxException">It cannot be read.</exception>
    public static ModelTokenizer Get(string name)
    {
        if (Read.TryGetValue(name, out var known) && Written(known.Tokenizer) == known.Written)
        {
            return known.Tokenizer;
        }

        var tokenizer = ModelTokenizer.Load(name, Checkpoints.Hub.HubAccess.CacheOnly);
        Read[name] = (tokenizer, Written(tokenizer));
        return tokenizer;
    }

    /// <summary>Forgets the tokenizer of a name, or all.</summary>
    public static void Forget(string? name)
    {
        if (name is null)
        {
            Read.Clear();
        }
        else
        {
            Read.TryRemove(name, out _);
        }
    }

    private static DateTime Written(ModelTokenizer tokenizer) => tokenizer.File is { } file ? File.GetLastWriteTimeUtc(file) : default;
}
