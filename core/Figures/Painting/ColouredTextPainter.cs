using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws running text on coloured grounds, broken into lines. Letters have equal widths, and each piece is given exactly its room.</summary>
internal sealed class ColouredTextPainter(ColouredText text) : Painter
{
    private const double LetterSize = 13;
    private const double LineHeight = 23;
    private const double Ground = 19;
    private const char Blank = '\u00A0';

    // Grounds by turns: pale, told apart by people who see no red or no green.
    private static readonly Rgb[] Turns = [new(0xbf, 0xdc, 0xf3), new(0xff, 0xd9, 0xa8), new(0xc9, 0xe8, 0xcf), new(0xf3, 0xc9, 0xdf), new(0xe8, 0xe3, 0xa6), new(0xd8, 0xcf, 0xee)];

    public override ColourScale? Scale => text.Scale;

    public override Extent Measure(double room)
    {
        var lines = Lines(room);
        return new Extent(lines.Count == 0 ? 0 : lines.Max(chunk => chunk.X + chunk.Width), lines.Count == 0 ? LineHeight : (lines[^1].Line + 1) * LineHeight);
    }

    public override void Draw(Canvas canvas, double x, double y, double room)
    {
        foreach (var chunk in Lines(room))
        {
            var piece = text.Pieces[chunk.Piece];
            Rgb? colour = text.Scale is null ? (piece.IsToken ? Turns[chunk.Turn % Turns.Length] : null) : piece.Value is { } value ? text.Scale.Colour(value) : null;
            var place = new Box(x + chunk.X, y + (chunk.Line * LineHeight), chunk.Width, Ground);
            if (colour is { } ground)
            {
                canvas.Rectangle(place, fill: ground, radius: 2);
            }

            var ink = colour is not { } under ? "mono" : under.WantsBlackText ? "mono on-light" : "mono on-dark";
            canvas.Text(place.X, place.Y + 14, chunk.Text, ink, exactWidth: chunk.Width);
            if (piece.IsToken)
            {
                canvas.Hover.Marks.Add(new HoverMark(place, Note(piece)));
            }
        }
    }

    private static string Note(TextPiece piece) => VisibleText.OfToken(piece.Text) + (piece.Note is { } note ? $"\n{note}" : piece.Value is { } value ? $"\n{Ticks.Short(value)}" : "");

    private List<Chunk> Lines(double room)
    {
        var width = Math.Min(text.Width, room);
        var chunks = new List<Chunk>();
        var (x, line) = (0.0, 0);
        var turn = -1;
        foreach (var (index, piece) in text.Pieces.Index())
        {
            turn += piece.IsToken ? 1 : 0;
            foreach (var part in Parts(piece.Text))
            {
                var (shown, breaks) = part;
                foreach (var chunk in Cut(shown, width))
                {
                    var wide = TextWidth.OfMonospace(chunk, LetterSize);
                    if (x > 0 && x + wide > width)
                    {
                        line++;
                        x = TakeDown(chunks, chunk[0] == Blank ? chunks.Count : WordStart(chunks, line - 1), line);
                        (x, line) = x + wide > width ? (0, line + 1) : (x, line);
                    }

                    chunks.Add(new Chunk(index, Math.Max(turn, 0), chunk, x, line, wide));
                    x += wide;
                }

                (x, line) = breaks ? (0, line + 1) : (x, line);
            }
        }

        return chunks;
    }

    // Where the last word of a line begins; a word that fills the line stays there.
    private static int WordStart(List<Chunk> chunks, int line)
    {
        var start = chunks.FindLastIndex(chunk => chunk.Line == line && chunk.Text[0] == Blank);
        return start >= 0 && chunks[start].X > 0 ? start : chunks.Count;
    }

    // Moves what began a word to the line on which it goes on.
    private static double TakeDown(List<Chunk> chunks, int from, int line)
    {
        var x = 0.0;
        for (var i = from; i < chunks.Count; i++)
        {
            chunks[i] = chunks[i] with { X = x, Line = line };
            x += chunks[i].Width;
        }

        return x;
    }

    // A line end is seen, and ends the line.
    private static IEnumerable<(string Shown, bool Breaks)> Parts(string piece)
    {
        var lines = piece.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isLast = i == lines.Length - 1;
            var shown = VisibleText.OneLine(lines[i].Replace("\t", "\\t", StringComparison.Ordinal)).Replace(' ', Blank) + (isLast ? "" : "↵");
            if (shown.Length > 0)
            {
                yield return (shown, !isLast);
            }
        }
    }

    // What is longer than a line is cut.
    private static IEnumerable<string> Cut(string shown, double width)
    {
        if (TextWidth.OfMonospace(shown, LetterSize) <= width)
        {
            return [shown];
        }

        var chunks = new List<string>();
        var from = 0;
        for (var at = 0; at < shown.Length;)
        {
            var next = at + (char.IsHighSurrogate(shown[at]) && at + 1 < shown.Length ? 2 : 1);
            if (at > from && TextWidth.OfMonospace(shown[from..next], LetterSize) > width)
            {
                chunks.Add(shown[from..at]);
                from = at;
            }

            at = next;
        }

        chunks.Add(shown[from..]);
        return chunks;
    }

    private sealed record Chunk(int Piece, int Turn, string Text, double X, int Line, double Width);
}
