using System.CommandLine;
using Gptx.Grouping;
using Gptx.Illustrations;
using Gptx.Projection;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx group: vectors in groups, and the words or lines that stand for each.</summary>
internal sealed class GroupCommand : GptxCommand
{
    private static readonly RecordShape<GroupedVector> Row = new(
        new("text", vector => vector.Text),
        new("index", vector => vector.Index),
        new("group", vector => vector.Group),
        new("distance", vector => vector.Distance));

    private static readonly RecordShape<VectorGroup> Group = new(
        new("group", group => group.Group),
        new("size", group => group.Size),
        new("representatives", group => group.Representatives));

    private readonly Option<int?> _groups = Numbers.Whole("--groups", "How many groups (default: of 2 to --most-groups the number of largest mean silhouette).");
    private readonly Option<int?> _most = Numbers.Whole("--most-groups", "The most groups that are tried without --groups (default 10).");
    private readonly Option<int?> _representatives = Numbers.Whole("--representatives", "How many texts stand for a group (default 5).");
    private readonly Option<ProjectionMetric?> _metric = Choice.Of<ProjectionMetric>("--metric", "What near means (default cosine).");
    private readonly Option<ulong?> _seed = Numbers.Seed("--seed", "The seed (default 42); the same seed gives the same groups at any number of threads.");
    private readonly VectorSource _source;

    public GroupCommand()
        : base("group", "Put vectors into groups (k-means), and show the words or lines that stand for each.")
    {
        Options.Add(_groups);
        Options.Add(_most);
        Options.Add(_representatives);
        Options.Add(_metric);
        Options.Add(_seed);
        FigureOption.AddTo(this);
        _source = new VectorSource(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx group king queen prince bread butter cheese --groups 2",
        "gptx group --texts --input notes.txt --groups 8 --jsonl --out groups.jsonl",
        "gptx group --in vectors.npy --metric euclidean --json",
        "gptx group king queen prince bread butter cheese --groups 2 --figure groups.svg",
    ];

    public override int Execute(Invocation run)
    {
        var format = _source.Output.Format(run, OutputFormat.JsonLines);
        var defaults = new GroupingOptions();
        var options = defaults with
        {
            Groups = run.Get(_groups),
            MostGroups = run.Get(_most) ?? defaults.MostGroups,
            Representatives = run.Get(_representatives) ?? defaults.Representatives,
            Metric = run.Get(_metric) ?? defaults.Metric,
            Seed = run.Get(_seed) ?? defaults.Seed,
            Threads = _source.Threads(run),
        };
        return _source.Output.Write(run, writer =>
        {
            var vectors = _source.Read(run);
            var grouping = VectorGrouping.Of(vectors, options, run.Cancellation);
            return format is OutputFormat.Json or OutputFormat.Table
                ? Whole(vectors).WriteAll(run, format, writer, [grouping])
                : Rows(grouping, vectors).WriteAll(run, format, writer, grouping.Vectors);
        });
    }

    private static Report<VectorGrouping> Whole(IReadOnlyList<NamedVector> vectors) => new()
    {
        Shape = new(
            new("metric", grouping => grouping.Metric),
            new("seed", grouping => grouping.Seed),
            new("silhouette", grouping => grouping.Silhouette),
            new("groups", grouping => Group.List(grouping.Groups)),
            new("vectors", grouping => Row.List(grouping.Vectors))),
        IsSingle = true,
        Draw = all => GroupFigure.Of(all[0], vectors),
        Show = (screen, all) =>
        {
            screen.Table(
                [">group", ">size", "stands for it"],
                all[0].Groups.Select(group => (string[])
                [
                    $"{group.Group}", $"{group.Size}", VisibleText.Shorten(VisibleText.OneLine(string.Join(", ", group.Representatives)), Math.Max(20, screen.Width - 20)),
                ]));
            if (all[0].Silhouette is { } silhouette)
            {
                screen.Line();
                screen.Line($"mean silhouette {Readable.Short(silhouette)}");
            }
        },
    };

    private static Report<GroupedVector> Rows(VectorGrouping grouping, IReadOnlyList<NamedVector> vectors) => new()
    {
        Shape = Row,
        Show = (_, _) => { },
        Draw = _ => GroupFigure.Of(grouping, vectors),
    };
}
