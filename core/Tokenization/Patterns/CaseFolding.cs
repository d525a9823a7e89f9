using System.Globalization;

namespace Gptx.Tokenization;

/// <summary>The characters that count as the same where case is ignored: those that fold to the same, alone or as several (ß is ss).</summary>
internal sealed class CaseFolding
{
    private readonly Dictionary<int, int> _folded = [];
    private readonly Dictionary<int, List<int>> _unfolded = [];
    private readonly Dictionary<int, string> _several = [];
    private readonly Dictionary<string, List<int>> _fromSeveral = new(StringComparer.Ordinal);

    /// <summary>Reads the table's two lines.</summary>
    public CaseFolding(string alone, string several)
    {
        foreach (string entry in alone.Split(' '))
        {
            int sign = entry.IndexOf('=', StringComparison.Ordinal);
            int run = entry.AsSpan(0, sign).IndexOfAny('+', '*');
            int first = Hex(entry.AsSpan(0, run < 0 ? sign : run));
            int count = run < 0 ? 0 : Hex(entry.AsSpan(run + 1, sign - run - 1));
            int step = run >= 0 && entry[run] == '*' ? 2 : 1;
            for (int i = 0; i <= count; i++)
            {
                Add(first + (i * step), Hex(entry.AsSpan(sign + 1)) + (i * step));
            }
        }

        foreach (string entry in several.Split(' '))
        {
            string[] parts = entry.Split('=', ',');
            int value = Hex(parts[0]);
            string folded = string.Concat(parts.Skip(1).Select(part => char.ConvertFromUtf32(Hex(part))));
            _several[value] = folded;
            if (!_fromSeveral.TryGetValue(folded, out List<int>? values))
            {
                _fromSeveral[folded] = values = [];
            }

            values.Add(value);
        }
    }

    /// <summary>A character and all that fold as it does.</summary>
    public IEnumerable<int> Same(int value)
    {
        int folded = Folded(value);
        return _unfolded.TryGetValue(folded, out List<int>? others) ? others.Prepend(folded) : [folded];
    }

    /// <summary>What a character folds to alone: itself where nothing is said.</summary>
    public int Folded(int value) => _folded.GetValueOrDefault(value, value);

    /// <summary>The two or three characters that a character folds to, null where it folds to one.</summary>
    public string? Several(int value) => _several.GetValueOrDefault(value);

    /// <summary>The characters that fold to these several.</summary>
    public IReadOnlyList<int> FromSeveral(string folded) => _fromSeveral.TryGetValue(folded, out List<int>? values) ? values : [];

    /// <summary>The set and all that fold as its characters do.</summary>
    public CharacterSet Close(CharacterSet set)
    {
        var more = new List<(int, int)>();
        foreach ((int folded, List<int> others) in _unfolded)
        {
            if (set.Contains(folded) || others.Exists(set.Contains))
            {
                more.Add((folded, folded));
                more.AddRange(others.Select(other => (other, other)));
            }
        }

        return CharacterSet.Union(set, CharacterSet.Of(more));
    }

    /// <summary>The foldings to several of the set's characters.</summary>
    public IEnumerable<string> SeveralOf(CharacterSet set) => _several.Where(entry => set.Contains(entry.Key)).Select(entry => entry.Value).Distinct();

    private void Add(int value, int folded)
    {
        _folded[value] = folded;
        if (!_unfolded.TryGetValue(folded, out List<int>? values))
        {
            _unfolded[folded] = values = [];
        }

        values.Add(value);
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Where a text ends that begins at a place and is the same but for its case; -1 where there is another.</summary>
    public int EndOfSame(ReadOnlySpan<char> wantedText, ReadOnlySpan<char> text, int at)
    {
        for (int i = 0; i < wantedText.Length;)
        {
            int wanted = PatternText.At(wantedText, i);
            int found = PatternText.At(text, at);
            if (found < 0 || Folded(wanted) != Folded(found))
            {
                return -1;
            }

            i += PatternText.Width(wanted);
            at += PatternText.Width(found);
        }

        return at;
    }
}
