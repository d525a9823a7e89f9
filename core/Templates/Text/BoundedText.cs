using System.Text;

namespace Gptx.Templates;

/// <summary>A text that grows, charged as it grows.</summary>
internal sealed class BoundedText(Budget budget)
{
    private readonly StringBuilder _text = new();

    public int Length => _text.Length;

    public BoundedText Append(string text)
    {
        budget.Text(text.Length);
        _text.Append(text);
        return this;
    }

    public BoundedText Append(ReadOnlySpan<char> text)
    {
        budget.Text(text.Length);
        _text.Append(text);
        return this;
    }

    public BoundedText Append(char character)
    {
        budget.Memory(2);
        _text.Append(character);
        return this;
    }

    public BoundedText Append(char character, long times)
    {
        if (times > 0)
        {
            budget.Text(times);
            _text.Append(character, checked((int)times));
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
