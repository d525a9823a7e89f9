using Gptx.Figures;
using Gptx.Illustrations;
using Gptx.Tool.Input;
using Gptx.Tool.Options;

namespace Gptx.Tool.Output;

/// <summary>Passes results on, keeps them, and draws them when there are no more.</summary>
internal sealed class FigureKeeper<T>(ResultWriter<T> writer, FigureFile file, Func<IReadOnlyList<T>, Figure> draw) : ResultWriter<T>
{
    private readonly List<T> _results = [];

    public override void Write(T result, TextRow? row = null)
    {
        writer.Write(result, row);
        _results.Add(result);
    }

    public override void Flush() => writer.Flush();

    public override void Finish()
    {
        writer.Finish();
        if (_results.Count > 0)
        {
            OutputOptions.ToFile(file.Path, () => file.Save(draw(_results)));
        }
    }
}
