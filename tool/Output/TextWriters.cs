using Gptx.Tool.Input;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>The text of each result, and nothing else.</summary>
internal sealed class PlainTextWriter<T>(Action<TextWriter, T> plainText, TextWriter writer) : ResultWriter<T>
{
    public override void Write(T result, TextRow? row = null) => plainText(writer, result);

    public override void Flush() => writer.Flush();
}

/// <summary>Shows all results to a person at the end, when it is known how wide columns are.</summary>
internal sealed class ScreenWriter<T>(Action<Screen, IReadOnlyList<T>> show, Screen screen) : ResultWriter<T>
{
    private readonly List<T> _results = [];

    public override void Write(T result, TextRow? row = null) => _results.Add(result);

    public override void Finish()
    {
        if (_results.Count > 0)
        {
            show(screen, _results);
        }
    }
}
