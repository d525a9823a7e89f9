using System.Globalization;

namespace Gptx.Templates;

/// <summary>What <c>strftime_now</c> gives: <c>datetime.strftime</c> as C has it under the C locale, with the flags of glibc.</summary>
internal static class TimeFormat
{
    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static string Of(DateTimeOffset time, string format, Rendering run)
    {
        // C ends at a zero.
        var end = format.IndexOf('\0', StringComparison.Ordinal);
        var text = end < 0 ? format : format[..end];
        var into = new BoundedText(run.Budget);
        for (var i = 0; i < text.Length; i++)
        {
            run.Budget.Step();
            if (text[i] != '%')
            {
                into.Append(text[i]);
                continue;
            }

            var start = i++;
            var flag = '\0';
            while (i < text.Length && text[i] is '-' or '_' or '0' or '^' or '#')
            {
                flag = text[i++];
            }

            var width = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                width = Math.Min((width * 10) + text[i++] - '0', 1_000_000_000);
            }

            while (i < text.Length && text[i] is 'E' or 'O')
            {
                i++;
            }

            var field = i < text.Length ? Field(text[i], time) : null;
            if (field is { } known)
            {
                Append(into, known.Text, known.Width, known.Pad, flag, width);
            }
            else
            {
                into.Append(text.AsSpan(start, Math.Min(i + 1, text.Length) - start));
            }
        }

        return into.ToString();
    }

    private static void Append(BoundedText into, string text, int least, char pad, char flag, int width)
    {
        text = flag switch
        {
            '^' => text.ToUpperInvariant(),
            '#' => text.Any(char.IsLower) ? text.ToUpperInvariant() : text.ToLowerInvariant(),
            _ => text,
        };
        if (flag == '-' && width == 0)
        {
            into.Append(text);
            return;
        }

        var fill = flag switch
        {
            '_' => ' ',
            '0' => '0',
            _ => pad,
        };
        into.Append(fill, Math.Max(least, width) - text.Length).Append(text);
    }

    private static (string Text, int Width, char Pad)? Field(char code, DateTimeOffset time)
    {
        var day = (int)time.DayOfWeek;
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        return code switch
        {
            'a' => Word(Days[day][..3]),
            'A' => Word(Days[day]),
            'b' or 'h' => Word(Months[time.Month - 1][..3]),
            'B' => Word(Months[time.Month - 1]),
            'c' => Word(string.Create(CultureInfo.InvariantCulture, $"{Days[day][..3]} {Months[time.Month - 1][..3]} {time.Day,2} {Clock(time)} {time.Year}")),
            'C' => Number(time.Year / 100, 2),
            'd' => Number(time.Day, 2),
            'D' or 'x' => Word(Invariant(time, "MM/dd/yy")),
            'e' => Number(time.Day, 2, ' '),
            'f' => Number((int)(time.Ticks % TimeSpan.TicksPerSecond / 10), 6),
            'F' => Word(Invariant(time, "yyyy-MM-dd")),
            'g' => Number(ISOWeek.GetYear(time.DateTime) % 100, 2),
            'G' => Number(ISOWeek.GetYear(time.DateTime), 4),
            'H' => Number(time.Hour, 2),
            'I' => Number(hour, 2),
            'j' => Number(time.DayOfYear, 3),
            'k' => Number(time.Hour, 2, ' '),
            'l' => Number(hour, 2, ' '),
            'm' => Number(time.Month, 2),
            'M' => Number(time.Minute, 2),
            'n' => Word("\n"),
            'p' => Word(time.Hour < 12 ? "AM" : "PM"),
            'P' => Word(time.Hour < 12 ? "am" : "pm"),
            'r' => Word($"{hour:00}:{Invariant(time, "mm:ss")} {(time.Hour < 12 ? "AM" : "PM")}"),
            'R' => Word(Invariant(time, "HH:mm")),
            's' => Word(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            'S' => Number(time.Second, 2),
            't' => Word("\t"),
            'T' or 'X' => Word(Clock(time)),
            'u' => Number(day == 0 ? 7 : day, 1),
            'U' => Number((time.DayOfYear + 6 - day) / 7, 2),
            'V' => Number(ISOWeek.GetWeekOfYear(time.DateTime), 2),
            'w' => Number(day, 1),
            'W' => Number((time.DayOfYear + 6 - ((day + 6) % 7)) / 7, 2),
            'y' => Number(time.Year % 100, 2),
            'Y' => Number(time.Year, 4),
            // datetime.now() has no time zone.
            'z' or 'Z' => Word(""),
            '%' => Word("%"),
            _ => null,
        };
    }

    private static string Clock(DateTimeOffset time) => Invariant(time, "HH:mm:ss");

    private static string Invariant(DateTimeOffset time, string format) => time.ToString(format.Replace("/", "'/'", StringComparison.Ordinal).Replace(":", "':'", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static (string Text, int Width, char Pad) Word(string text) => (text, 0, ' ');

    private static (string Text, int Width, char Pad) Number(int value, int width, char pad = '0') => (value.ToString(CultureInfo.InvariantCulture), width, pad);
}
