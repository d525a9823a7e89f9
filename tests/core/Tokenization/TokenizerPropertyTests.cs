using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class TokenizerPropertyTests
{
    private static readonly Tokenizer Small = SmallTokenizer.Make();

    // Text of whole characters, with more of the odd ones than chance would give: white space, apostrophes, letters beyond the BMP.
    private static Arbitrary<string> Texts { get; } =
        Gen.OneOf(
                Gen.Choose(0x20, 0x7E),
                Gen.Elements(0x20, 0x0A, 0x09, 0xA0, 0x3000, 0x85, 0x27, 0x73, 0x00),
                Gen.Choose(0, 0xD7FF),
                Gen.Choose(0xE000, 0x10FFFF),
                Gen.Elements(0x1F600, 0x10400, 0x1D7CE, 0x20000, 0x301, 0x200D))
            .Select(value => new Rune(value).ToString())
            .ArrayOf()
            .Select(string.Concat)
            .ToArbitrary();

    private static Arbitrary<int[]> Ids { get; } = Gen.Choose(-1, Small.VocabularySize + 2).ArrayOf().ToArbitrary();

    // Any UTF-16 units, lone surrogates too.
    private static Arbitrary<string> Units { get; } =
        Gen.OneOf(Gen.Choose(0xD7F0, 0xE00F), Gen.Choose(0x20, 0x7E)).Select(unit => (char)unit).ArrayOf().Select(units => new string(units)).ToArbitrary();

    [Fact]
    public void Decoding_undoes_encoding() =>
        Prop.ForAll(Texts, text => Small.Decode(Small.EncodeToIds(text)) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stream_gives_what_decoding_gives_and_never_half_a_character() =>
        Prop.ForAll(Ids, ids =>
        {
            DecodeStream stream = Small.CreateDecodeStream();
            string[] parts = [.. ids.Select(stream.Append), stream.Flush()];
            return string.Concat(parts) == Small.Decode(ids) && parts.All(part => WellFormedText.Of(part) == part);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Offsets_cover_the_text_from_left_to_right() =>
        Prop.ForAll(Texts, text => Covers(Small.EncodeToTokens(text), text.Length)).QuickCheckThrowOnFailure();

    [Fact]
    public void Lone_surrogates_count_as_replacement_characters() =>
        Prop.ForAll(Units, text =>
        {
            IReadOnlyList<EncodedToken> tokens = Small.EncodeToTokens(text);
            return Covers(tokens, text.Length) && Small.Decode(tokens.Select(token => token.Id)) == WellFormedText.Of(text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pieces_of_the_split_are_those_of_the_regular_expression()
    {
        // .NET's classes see UTF-16 units, so this holds for text of the BMP.
        var pattern = new System.Text.RegularExpressions.Regex(
            @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", default, TimeSpan.FromSeconds(10));
        Arbitrary<string> texts = Texts.Filter(text => !text.Any(char.IsSurrogate));
        Prop.ForAll(texts, text => Pieces(text).SequenceEqual(pattern.Matches(text).Select(match => match.Value))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_bytes_of_a_character_share_its_place()
    {
        IReadOnlyList<EncodedToken> tokens = Small.EncodeToTokens("a😀é");
        Assert.Equal([(0, 1), (1, 2), (1, 2), (1, 2), (3, 1)], tokens.Select(token => (token.Start, token.Length)));
        Assert.Equal("é", tokens[^1].Text);
    }

    private static bool Covers(IReadOnlyList<EncodedToken> tokens, int length)
    {
        int reached = 0;
        int start = 0;
        foreach (EncodedToken token in tokens)
        {
            if (token.Start < start || token.Start > reached || token.Start + token.Length < reached)
            {
                return false;
            }

            start = token.Start;
            reached = token.Start + token.Length;
        }

        return reached == length;
    }

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = Gpt2Splitter.FirstPiece(text.AsSpan(start));
            pieces.Add(text.Substring(start, length));
        }

        return pieces;
    }
}
