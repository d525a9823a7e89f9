using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>The fast ways to a piece's ids - cache, borders of bytes - against byte pair encoding written down in the plainest way.</summary>
public class PieceEncoderTests
{
    private static readonly string[] Characters =
        ["文", "字", "你", "好", "，", "。", "é", "ü", "ß", "а", "б", "😀", "😁", "𠀀", "가", "a", "b", "'", " ", "1", "\u0301", "\u0004", "ｶ", "エ"];

    private static Arbitrary<string> Texts { get; } = Gen.Elements(Characters).ArrayOf().Select(string.Concat).ToArbitrary();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Ids_are_those_of_plain_byte_pair_encoding(int seed, bool lacksBytes)
    {
        (string Left, string Right)[] merges = RandomMerges(seed);
        JsonObject json = Json(merges, lacksBytes);
        Tokenizer tokenizer = SmallTokenizer.Read(json);
        JsonObject vocabulary = json["model"]!["vocab"]!.AsObject();
        Prop.ForAll(Texts, text => Plain(text, merges, vocabulary).SequenceEqual(tokenizer.EncodeToIds(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        Prop.ForAll(Texts, text => tokenizer.EncodeToTokens(text).Select(token => token.Id).SequenceEqual(tokenizer.EncodeToIds(text)))
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void A_cached_piece_is_the_piece_and_no_other()
    {
        // All strings of up to 5 letters over two, and long ones that differ in one place.
        var cache = new PieceCache();
        var pieces = new List<string>();
        for (int length = 1; length <= PieceCache.LongestPiece; length++)
        {
            for (int place = 0; place < length; place++)
            {
                pieces.Add(new string('x', place) + 'y' + new string('x', length - 1 - place));
            }

            pieces.Add(new string('x', length));
            pieces.Add(new string('\0', length));
        }

        for (int i = 0; i < pieces.Count; i++)
        {
            cache.Find(pieces[i], out PieceCache.Key key);
            cache.Add(key, [new ModelToken(i, 0, pieces[i].Length), new ModelToken(-i, pieces[i].Length - 1, pieces[i].Length)]);
        }

        int kept = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            PieceCache.Slot slot = cache.Find(pieces[i], out PieceCache.Key key);
            if (slot.Holds(key))
            {
                Assert.Equal((new ModelToken(i, 0, pieces[i].Length), 2), (slot[0], slot.Count));
                Assert.Equal(new ModelToken(-i, pieces[i].Length - 1, pieces[i].Length), slot[1]);
                kept++;
            }
        }

        Assert.True(kept > pieces.Count / 2);
    }

    private static (string Left, string Right)[] RandomMerges(int seed)
    {
        var random = new Random(seed);
        List<string> tokens = [.. Characters.SelectMany(character => InBytes(character).Select(unit => unit.ToString())).Distinct(StringComparer.Ordinal)];
        var merges = new List<(string, string)>();
        while (merges.Count < 60)
        {
            // Pairs that some text has: two neighbouring bytes, grown by what was merged before.
            string sample = InBytes(string.Concat(Enumerable.Range(0, 6).Select(_ => Characters[random.Next(Characters.Length)])));
            int at = random.Next(sample.Length - 3);
            string left = tokens.Where(token => sample.AsSpan(at).StartsWith(token)).MaxBy(token => token.Length)!;
            string right = tokens.Where(token => sample.AsSpan(at + left.Length).StartsWith(token)).MaxBy(token => token.Length + random.Next(3)) ?? "";
            if (right.Length > 0 && !tokens.Contains(left + right))
            {
                merges.Add((left, right));
                tokens.Add(left + right);
            }
        }

        return [.. merges];
    }

    private static JsonObject Json((string Left, string Right)[] merges, bool lacksBytes)
    {
        JsonObject json = SmallTokenizer.Json();
        var vocabulary = new JsonObject();
        for (int value = 0; value < 256; value++)
        {
            if (!lacksBytes || value is not (0x04 or 0xF0))
            {
                vocabulary.Add(ByteAlphabet.CharacterOf((byte)value).ToString(), value);
            }
        }

        (string Left, string Right)[] usable = [.. merges.Where(merge => !lacksBytes || !(merge.Left + merge.Right).AsSpan().ContainsAny('ð', ByteAlphabet.CharacterOf(0x04)))];
        foreach ((string left, string right) in usable)
        {
            vocabulary[left + right] = 256 + vocabulary.Count;
        }

        json["model"]!["vocab"] = vocabulary;
        json["model"]!["merges"] = new JsonArray([.. usable.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]);
        return json;
    }

    private static IEnumerable<int> Plain(string text, (string Left, string Right)[] merges, JsonObject vocabulary)
    {
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = Gpt2Splitter.FirstPiece(text.AsSpan(start));
            List<string> symbols = [.. InBytes(text.Substring(start, length)).Select(unit => unit.ToString()).Where(vocabulary.ContainsKey)];
            while (true)
            {
                (int Rank, int At)[] found = [.. Enumerable.Range(0, Math.Max(0, symbols.Count - 1))
                    .Select(i => (Array.IndexOf(merges, (symbols[i], symbols[i + 1])), i))
                    .Where(pair => pair.Item1 >= 0 && vocabulary.ContainsKey(symbols[pair.i] + symbols[pair.i + 1]))];
                if (found.Length == 0)
                {
                    break;
                }

                int at = found.Min().At;
                symbols[at] += symbols[at + 1];
                symbols.RemoveAt(at + 1);
            }

            foreach (string symbol in symbols)
            {
                yield return vocabulary[symbol]!.GetValue<int>();
            }
        }
    }

    private static string InBytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(ByteAlphabet.CharacterOf));
}
