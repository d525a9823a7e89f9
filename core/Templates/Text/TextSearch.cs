using System.Text;

namespace Gptx.Templates;

/// <summary>Finding a text in another, in time linear in both whatever they are.</summary>
internal static class TextSearch
{
    // .NET's search is fast, and slow only for long parts made for it.
    private const int LongPart = 128;

    public static int IndexOf(string text, string part, int start, Rendering run)
    {
        run.Budget.Characters(text.Length - start);
        if (part.Length <= LongPart)
        {
            var found = text.AsSpan(start).IndexOf(part, StringComparison.Ordinal);
            return found < 0 ? -1 : found + start;
        }

        return Prefixes(text, part, start, last: false, run);
    }

    public static int LastIndexOf(string text, string part, int start, int end, Rendering run)
    {
        run.Budget.Characters(end - start);
        if (part.Length <= LongPart)
        {
            var found = text.AsSpan(start, end - start).LastIndexOf(part, StringComparison.Ordinal);
            return found < 0 ? -1 : found + start;
        }

        return Prefixes(text[..end], part, start, last: true, run);
    }

    /// <summary>Where a part is found, from the left and without overlaps, at most so many times.</summary>
    public static List<int> All(string text, string part, long most, Rendering run)
    {
        var places = new List<int>();
        var start = 0;
        run.Budget.Characters(text.Length);
        while (places.Count < most)
        {
            var place = part.Length <= LongPart ? text.AsSpan(start).IndexOf(part, StringComparison.Ordinal) : Prefixes(text, part, start, last: false, run) - start;
            if (place < 0)
            {
                break;
            }

            run.Budget.Step();
            run.Budget.Memory(4);
            places.Add(start + place);
            start += place + part.Length;
        }

        return places;
    }

    /// <summary>As <c>str.replace</c>: an empty part lies between all characters.</summary>
    public static string Replace(TextValue text, string part, string other, long most, Rendering run)
    {
        if (part.Length == 0)
        {
            return Interleave(text, other, most, run);
        }

        var places = All(text.Text, part, most, run);
        if (places.Count == 0)
        {
            return text.Text;
        }

        run.Budget.Text(text.Text.Length + ((other.Length - (long)part.Length) * places.Count));
        var into = new StringBuilder();
        var from = 0;
        foreach (var place in places)
        {
            into.Append(text.Text, from, place - from).Append(other);
            from = place + part.Length;
        }

        return into.Append(text.Text, from, text.Text.Length - from).ToString();
    }

    private static string Interleave(TextValue text, string other, long most, Rendering run)
    {
        var count = text.CodePointCount(run);
        var times = Math.Min(most, count + 1L);
        run.Budget.Text(text.Text.Length + (other.Length * times));
        var into = new StringBuilder();
        for (var i = 0; i <= count; i++)
        {
            if (i < times)
            {
                into.Append(other);
            }

            if (i < count)
            {
                var start = text.UnitAt(i, run);
                into.Append(text.Text, start, text.UnitAt(i + 1, run) - start);
            }
        }

        return into.ToString();
    }

    // Knuth, Morris and Pratt: each character of the text is looked at once.
    private static int Prefixes(string text, string part, int start, bool last, Rendering run)
    {
        run.Budget.Text((2L * part.Length) + text.Length - start);
        var border = new int[part.Length];
        for (int i = 1, k = 0; i < part.Length; i++)
        {
            while (k > 0 && part[i] != part[k])
            {
                k = border[k - 1];
            }

            border[i] = part[i] == part[k] ? ++k : k;
        }

        var found = -1;
        for (int i = start, k = 0; i < text.Length; i++)
        {
            while (k > 0 && (k == part.Length || text[i] != part[k]))
            {
                k = border[k - 1];
            }

            if (text[i] == part[k] && ++k == part.Length)
            {
                found = i - part.Length + 1;
                if (!last)
                {
                    return found;
                }
            }
        }

        return found;
    }
}
