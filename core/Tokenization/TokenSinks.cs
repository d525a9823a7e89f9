namespace Gptx.Tokenization;

/// <summary>What a text becomes: takes its pieces and the added tokens between them.</summary>
internal abstract class TokenSink : PieceSink
{
    public abstract void Add(AddedToken token, AlignedText text);
}

/// <summary>Takes ids and nothing else.</summary>
internal sealed class IdSink(PieceEncoder encoder) : TokenSink
{
    public IdBuffer Ids { get; } = new();

    public override void Add(AlignedText piece) => encoder.AddIds(piece.Span, Ids);

    public override void Add(AddedToken token, AlignedText text) => Ids.Add(token.Id);
}

/// <summary>Takes tokens with their names and sources.</summary>
internal sealed class EntrySink(PieceEncoder encoder, TokenTable names, List<TokenEntry> entries, int sequence) : TokenSink
{
    public override void Add(AlignedText piece)
    {
        foreach (ModelToken token in encoder.Tokens(piece.Span))
        {
            string? name = null;
            if (token.IsSurface || !names.TryGetToken(token.Id, out name))
            {
                name = piece.Span[token.Start..token.End].ToString();
            }

            entries.Add(new TokenEntry(token.Id, name, piece.SourceOf(token.Start, token.End), sequence, sequence));
        }
    }

    public override void Add(AddedToken token, AlignedText text) =>
        entries.Add(new TokenEntry(token.Id, text.ToString(), text.SourceOf(0, text.Length), sequence, sequence));
}
