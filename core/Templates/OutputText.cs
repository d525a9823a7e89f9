using System.Text;

namespace Gptx.Templates;

/// <summary>What a template writes: its own text, or what a macro, a block or a filter collects.</summary>
internal sealed class OutputText(Budget budget, bool isWhole)
{
    private readonly StringBuilder _text = new();

    public int Length => _text.Length;

    /// <summary>How many code points were written; counted only for the whole text.</summary>
    public int CodePoints { get; private set; }

    public void Write(string text)
    {
        if (isWhole)
        {
            if (_text.Length + (long)text.Length > budget.Limits.OutputLength)
            {
                throw TemplateFault.Limit($"its text has more than {budget.Limits.OutputLength} characters (limit OutputLength)");
            }

            budget.Characters(text.Length);
            CodePoints += text.Length - LowSurrogates(text);
        }
        else
        {
            budget.Text(text.Length);
        }

        _text.Append(text);
    }

    public override string ToString() => _text.ToString();

    public static int LowSurrogates(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uDC00', '\uDFFF') < 0)
        {
            return 0;
        }

        var count = 0;
        for (var i = 1; i < text.Length; i++)
        {
            count += char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return count;
    }
}
