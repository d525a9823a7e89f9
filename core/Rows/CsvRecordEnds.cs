namespace Gptx.Rows;

/// <summary>
/// Where records of CSV end: at a line feed outside of quotes. Quotes open only where a field begins (RFC 4180), after a byte order mark too. What
/// stands in a record is left to the library; where it cuts a record otherwise, its quotes do not match, and the row is an error.
/// </summary>
/// <param name="separator">What stands between two fields.</param>
internal sealed class CsvRecordEnds(byte separator) : IRecordEnds
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';

    private Place _place = Place.FieldStart;
    private int _ofMark;

    private enum Place
    {
        FieldStart,
        Field,
        Quoted,
        QuoteInQuoted,
    }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> piece)
    {
        var at = 0;
        while (at < piece.Length)
        {
            at += Skipped(piece[at..]);
            if (at == piece.Length)
            {
                break;
            }

            var now = piece[at++];
            if (now == LineFeed && _place != Place.Quoted)
            {
                (_place, _ofMark) = (Place.FieldStart, 0);
                return at - 1;
            }

            _place = After(now);
        }

        return -1;
    }

    // Bytes that change nothing, as far as they can be told at a glance.
    private int Skipped(ReadOnlySpan<byte> piece)
    {
        var next = _place switch
        {
            Place.Field => piece.IndexOfAny(separator, LineFeed),
            Place.Quoted => piece.IndexOf(Quote),
            _ => 0,
        };
        return next < 0 ? piece.Length : next;
    }

    private Place After(byte now)
    {
        switch (_place)
        {
            case Place.FieldStart when _ofMark < Mark.Length && now == Mark[_ofMark]:
                _ofMark++;
                return Place.FieldStart;
            case Place.FieldStart:
                _ofMark = Mark.Length;
                return now == Quote ? Place.Quoted : now == separator ? Place.FieldStart : Place.Field;
            case Place.Quoted:
                return now == Quote ? Place.QuoteInQuoted : Place.Quoted;
            case Place.QuoteInQuoted:
                return now == Quote ? Place.Quoted : now == separator ? Place.FieldStart : Place.Field;
            default:
                return now == separator ? Place.FieldStart : Place.Field;
        }
    }
}
