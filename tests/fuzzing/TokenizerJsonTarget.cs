using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Fuzzing;

/// <summary>Mutated tokenizer.json files: each is read, encodes and decodes texts, alone, in pairs and as a stream.</summary>
public sealed class TokenizerJsonTarget : IFuzzTarget
{
    private const int LargestFile = 20_000;

    private readonly List<JsonNode> _files;
    private readonly ILookup<string, JsonNode?> _pool;
    private readonly List<string> _strings;

    /// <summary>Takes the small files of a folder to start from.</summary>
    /// <param name="golden">A folder with a folder for each tokenizer.</param>
    public TokenizerJsonTarget(string golden)
    {
        _files =
        [
            .. Directory.EnumerateFiles(golden, "tokenizer.json", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length <= LargestFile)
                .OrderBy(file => new FileInfo(file).Length)
                .ThenBy(file => file, StringComparer.Ordinal)
                .Select(file => JsonNode.Parse(File.ReadAllBytes(file))!),
        ];
        if (_files.Count == 0)
        {
            throw new ArgumentException($"No tokenizer.json of at most {LargestFile} bytes below '{golden}'.", nameof(golden));
        }

        List<(string Name, JsonNode? Value)> members = [];
        _files.ForEach(file => Collect(file, members));
        _pool = members.ToLookup(member => member.Name, member => member.Value);
        _strings =
        [
            .. members.Where(member => member.Value is JsonValue value && value.TryGetValue(out string? _)).Select(member => (string)member.Value!).Distinct(),
            .. HostileTexts.All,
        ];
    }

    /// <inheritdoc/>
    public string Name => "tokenizer-json";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(0, 1L << 30);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        byte[] json = JsonMutation.Mutate(_files[Math.Min(random.Next(_files.Count), random.Next(_files.Count))], _pool, _strings, random);
        string[] texts = [HostileTexts.Make(random), HostileTexts.Make(random)];
        int[] ids = [.. Enumerable.Range(0, 20).Select(_ => random.Next(8) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(1000))];
        bool adds = random.Next(2) == 0;
        return new FuzzCase(json, () =>
        {
            Tokenizer tokenizer = TokenizerJson.Read(json, "tokenizer.json");
            EncodedText encoded = tokenizer.Encode(new EncodeRequest(texts[0]) { AddSpecialTokens = adds });
            Check(encoded, texts[0].Length);
            tokenizer.Encode(new EncodeRequest(texts[0]) { Pair = texts[1], EncodeSpecialTokens = !adds });
            tokenizer.EncodeToTokens(texts[1]);
            tokenizer.Decode(encoded.Ids, skipSpecialTokens: adds);
            tokenizer.Decode(ids);
            DecodeStream stream = tokenizer.CreateDecodeStream();
            Array.ForEach(ids, id => stream.Append(id));
            stream.Flush();
        });
    }

    private static void Check(EncodedText encoded, int length)
    {
        if (encoded.Offsets.Count != encoded.Ids.Count || encoded.Offsets.Any(range => range.Start < 0 || range.End > length || range.Start > range.End))
        {
            throw new InvalidOperationException("Offsets that do not lie in the text.");
        }
    }

    // Members of the small parts; those of a vocabulary are too many and all alike.
    private static void Collect(JsonNode? node, List<(string Name, JsonNode? Value)> members)
    {
        if (node is JsonObject @object)
        {
            foreach ((string name, JsonNode? value) in @object)
            {
                members.Add((name, value));
                if (name is not ("vocab" or "merges"))
                {
                    Collect(value, members);
                }
            }
        }
        else if (node is JsonArray array)
        {
            array.Take(50).ToList().ForEach(item => Collect(item, members));
        }
    }
}
