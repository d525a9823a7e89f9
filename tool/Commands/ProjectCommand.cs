using System.CommandLine;
using Gptx.Projection;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx project: vectors laid out in two or three dimensions.</summary>
internal sealed class ProjectCommand : GptxCommand
{
    private readonly ProjectionArguments _projection;
    private readonly VectorSource _source;

    private readonly Option<string?> _new = new("--new")
    {
        Description = "Place the vectors of this file too, in the layout of the others, which they do not change.",
        HelpName = "FILE",
    };

    public ProjectCommand()
        : base("project", "Lay vectors out in two or three dimensions: principal components, t-SNE or UMAP.")
    {
        _projection = new ProjectionArguments(this);
        Options.Add(_new);
        FigureOption.AddTo(this);
        _source = new VectorSource(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx project king queen man woman cat dog",
        "gptx project --words animals.txt --method tsne --perplexity 10 --csv --out animals.csv",
        "gptx project --texts --input notes.txt --method umap --json",
        "gptx project --hidden \"The king rode out.\" --layer 3 --dims 3",
        "gptx project --in vectors.npy --new more.npy --method umap --neighbors 30",
        "gptx project king queen man woman --vectors glove.6B.100d.txt",
        "gptx project king queen man woman cat dog --figure words.svg",
    ];

    public override int Execute(Invocation run)
    {
        var format = _source.Output.Format(run, OutputFormat.JsonLines);
        var options = _projection.Read(run, _source.Threads(run));
        return _source.Output.Write(run, writer =>
        {
            var vectors = _source.Read(run);
            var news = run.Get(_new) is { } path ? VectorSource.OfFile(path) : null;
            var result = Project(run, vectors, news, options);
            if (format is OutputFormat.Json or OutputFormat.Table)
            {
                return ProjectionShapes.Whole.WriteAll(run, format, writer, [result]);
            }

            run.Say(ProjectionShapes.Line(result.Quality));
            return ProjectionShapes.PointsOf(result).WriteAll(run, format, writer, result.Points);
        });
    }

    private static ProjectionResult Project(Invocation run, IReadOnlyList<NamedVector> vectors, IReadOnlyList<NamedVector>? news, ProjectionOptions options)
    {
        using var bar = StageBar.Of(run);
        return VectorProjection.Of(vectors, options, news, new StageProgress(bar), run.Cancellation);
    }

    private sealed class StageProgress(StageBar bar) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value) => bar.Report(value.Stage.ToString().ToLowerInvariant(), value.Done, value.Total);
    }
}
