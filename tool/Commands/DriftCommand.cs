using System.CommandLine;
using System.Globalization;
using Gptx.Analyses;
using Gptx.Illustrations;
using Gptx.Rows;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx drift: whether the texts of one file are other than those of another.</summary>
internal sealed class DriftCommand : GptxCommand
{
    private static readonly RecordShape<DriftGroup> Group = new(
        new("group", group => group.Group),
        new("referenceShare", group => group.ReferenceShare),
        new("differenceShare", group => group.DifferenceShare),
        new("change", group => group.Change),
        new("rowIds", group => group.RowIds),
        new("texts", group => group.Texts));

    private static readonly Report<TextDrift> Report = new()
    {
        Shape = new(
            new("reference", drift => drift.Reference),
            new("difference", drift => drift.Difference),
            new("referenceRows", drift => drift.ReferenceRows),
            new("differenceRows", drift => drift.DifferenceRows),
            new("referenceSample", drift => drift.ReferenceSample),
            new("differenceSample", drift => drift.DifferenceSample),
            new("energy", drift => drift.Energy),
            new("effect", drift => drift.Effect),
            new("pValue", drift => drift.PValue),
            new("permutations", drift => drift.Permutations),
            new("seed", drift => drift.Seed),
            new("groups", drift => Group.List(drift.Groups))),
        IsSingle = true,
        Draw = DriftFigure.Of,
        Show = (screen, all) => Show(screen, all[0]),
    };

    private readonly Option<int?> _sample = Numbers.Whole("--sample", "The most rows of a side that are looked at (default 2000, at most 10000).");
    private readonly Option<int?> _permutations = Numbers.Whole("--permutations", "Permutations of the test (default 999).");
    private readonly Option<int?> _groups = Numbers.Whole("--groups", "Groups that rows are put into, to say which grew or shrank (default 8; 0 for none).");
    private readonly Option<int?> _representatives = Numbers.Whole("--representatives", "How many texts stand for a group (default 3).");
    private readonly Option<ulong?> _seed = Numbers.Seed("--seed", "The seed (default 42); the same seed and rows give the same result.");
    private readonly Option<double?> _alert = Numbers.Real("--alert", "End with exit code 1 when p is at most P, and the effect at least --alert-effect.");
    private readonly Option<double?> _effect = Numbers.Real("--alert-effect", "The smallest effect that --alert is about (default 0).");
    private readonly AnalysisArguments _analysis;
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;

    public DriftCommand()
        : base("drift", "Measure whether the texts of one file are other than those of another, and which kinds grew or shrank.")
    {
        Options.Add(_sample);
        Options.Add(_permutations);
        Options.Add(_groups);
        Options.Add(_representatives);
        Options.Add(_seed);
        Options.Add(_alert);
        Options.Add(_effect);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this, "FILE", "Two files: of texts, as --input takes them, or of vectors, as 'gptx embed' writes them, or tables of them.");
        _analysis = new AnalysisArguments(this);
        Options.Single(option => option.Name == "--in").Hidden = true;
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx drift monday.txt tuesday.txt",
        "gptx drift monday.parquet tuesday.parquet --json",
        "gptx drift reference.jsonl today.jsonl --alert 0.01 --alert-effect 0.02 --out drift.json --figure drift.svg",
    ];

    public override int Execute(Invocation run)
    {
        if (_options.Texts.Arguments(run) is not [var reference, var difference] || _analysis.In(run) is not null || _options.Texts.HasInput(run) || _options.Texts.Ids(run).Count > 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "drift compares two files: gptx drift REFERENCE FILE, without --in, --input and --ids");
        }

        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var options = Read(run);
        var (alert, effect) = (Share(run, _alert), Share(run, _effect) ?? 0);
        using var input = new AnalysisInput(run, _options, _analysis, _embedding);
        return _options.Output.Write(run, writer =>
        {
            var drift = Measure(run, input, reference, difference, options);
            var results = Report.Open(format, writer, run);
            results.Write(drift);
            results.Finish();
            if (alert is { } most && drift.PValue <= most && drift.Effect >= effect)
            {
                run.Say($"{difference} has drifted from {reference}: {drift}");
                return ExitCode.Failure;
            }

            return input.Code(drift.ReferenceSample + drift.DifferenceSample);
        });
    }

    private DriftOptions Read(Invocation run)
    {
        var defaults = new DriftOptions();
        var options = defaults with
        {
            Sample = run.Get(_sample) ?? defaults.Sample,
            Permutations = run.Get(_permutations) ?? defaults.Permutations,
            Groups = run.Get(_groups) ?? defaults.Groups,
            Representatives = run.Get(_representatives) ?? defaults.Representatives,
            Seed = run.Get(_seed) ?? defaults.Seed,
            Normalize = _embedding.Read(run).Normalize,
            Threads = _options.Models.Threads(run),
        };
        options.Validate();
        return options;
    }

    private TextDrift Measure(Invocation run, AnalysisInput input, string reference, string difference, DriftOptions options)
    {
        using var bar = WorkBar.Of(run);
        IVectorRows? Stored(string path) => VectorRows.AreIn(path) ? VectorRows.Open(path, [], _analysis.MaxMemory(run)) : null;
        var (first, second) = (Stored(reference), Stored(difference));
        if (first is not null && second is not null)
        {
            return DriftMeasure.Of(first, second, options, bar, run.Cancellation);
        }

        // Texts are embedded as the vectors of the other side were.
        var vectors = first ?? second;
        if (vectors?.Origin.RequireModel(vectors.Name, input.Model) == false)
        {
            run.Say($"{vectors.Name} does not say which model its vectors are of: they are compared with vectors of {input.Model.Name}");
        }

        DriftSide Side(string path, IVectorRows? stored, int side) => stored is not null ? DriftSide.Of(stored, options, side, bar, run.Cancellation) : DriftSide.OfTexts(
            Path.GetFileName(path),
            AnalysedText.Of(RowInputs.Of([path], run.Around.InStream), _options.Texts.Fields(run), new RowLimits(GroupBytes: _analysis.MaxMemory(run)), run.Cancellation),
            texts => input.Embedded(texts, vectors, scales: true),
            options,
            side,
            input.Fail,
            bar,
            run.Cancellation);
        return DriftMeasure.Of(Side(reference, first, 0), Side(difference, second, 1), options, bar, run.Cancellation);
    }

    private static double? Share(Invocation run, Option<double?> option) => run.Get(option) switch
    {
        null => null,
        >= 0 and <= 1 and var share => share,
        var other => throw new GptxException(
            GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{option.Name.TrimStart('-')} {other.Value.ToString(CultureInfo.InvariantCulture)} is not allowed: it must be from 0 to 1"),
    };

    private static void Show(Screen screen, TextDrift drift)
    {
        screen.Pairs(
        [
            KeyValuePair.Create("rows", $"{drift.Reference}: {drift.ReferenceSample} of {drift.ReferenceRows}; {drift.Difference}: {drift.DifferenceSample} of {drift.DifferenceRows}"),
            KeyValuePair.Create("effect", $"{Readable.Short(drift.Effect)} (0: of one source; at most 1)"),
            KeyValuePair.Create("p", $"{drift.PValue.ToString("0.####", CultureInfo.InvariantCulture)}, {drift.Permutations} permutations"),
            KeyValuePair.Create("energy", Readable.Short(drift.Energy)),
        ]);
        if (drift.Groups.Count > 0)
        {
            screen.Line();
            screen.Table(
                [">before", ">after", ">change", "stands for it"],
                drift.Groups.Select(group => (string[])
                [
                    Readable.Percent(group.ReferenceShare), Readable.Percent(group.DifferenceShare), Readable.Percent(group.Change), RowText.Of($"{group}", screen.Width - 36),
                ]));
        }
    }
}
