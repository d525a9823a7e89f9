using System.CommandLine;
using System.Text;
using Gptx.Analyses;
using Gptx.Checkpoints;
using Gptx.Illustrations;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx duplicates: texts that are the same, or nearly.</summary>
internal sealed class DuplicatesCommand : GptxCommand
{
    private static readonly Report<DuplicateText> Report = new()
    {
        Shape = new(
            new("group", row => row.Group),
            new("rowId", row => row.RowId),
            new("text", row => row.Text),
            new("score", row => row.Score),
            new("isExact", row => row.IsExact),
            new("isRepresentative", row => row.IsRepresentative)),
        Draw = DuplicateFigure.Of,
        Show = Show,
    };

    private readonly Option<double?> _threshold = Numbers.Real("--threshold", "Texts whose vectors have at least this cosine are duplicates (default 0.95).");
    private readonly Option<bool> _exact = new("--exact") { Description = "Only texts that are the same, character by character; no model is needed." };

    private readonly Option<string?> _unique = new("--unique")
    {
        Description = "Write the input's rows without duplicates into a file, as they stand there: of each group the first.",
        HelpName = "FILE",
    };

    private readonly AnalysisArguments _analysis;
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;

    public DuplicatesCommand()
        : base("duplicates", "Find texts that are the same, or nearly the same.")
    {
        Options.Add(_threshold);
        Options.Add(_exact);
        Options.Add(_unique);
        _analysis = new AnalysisArguments(this);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx duplicates --input questions.txt --threshold 0.9",
        "gptx duplicates --input notes.jsonl --id-field id --jsonl --out duplicates.jsonl --unique clean.jsonl",
        "gptx duplicates --in notes.parquet --figure duplicates.svg",
        "gptx duplicates --input app.log --exact --unique distinct.log",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var options = new DuplicateOptions { Threshold = run.Get(_threshold) ?? new DuplicateOptions().Threshold, MaxMemory = _analysis.MaxMemory(run), Threads = _options.Models.Threads(run) };
        options.Validate();
        using var input = new AnalysisInput(run, _options, _analysis, _embedding);
        RequireUnique(run, input);
        return _options.Output.Write(run, writer =>
        {
            using var found = Find(run, input, options);
            var results = Report.Open(format, writer, run);
            foreach (var row in found.Groups.SelectMany(group => group.Members))
            {
                results.Write(row, new TextRow(null) { Kept = row.Kept });
            }

            results.Finish();
            WriteUnique(run, input, found);
            run.Say($"{found.Rows} rows: {found.GroupCount} {(found.GroupCount == 1 ? "group" : "groups")} of duplicates, {found.Distinct} rows without them");
            return input.Code(found.Rows);
        });
    }

    private Duplicates Find(Invocation run, AnalysisInput input, DuplicateOptions options)
    {
        using var bar = WorkBar.Of(run);
        return run.Get(_exact)
            ? DuplicateSearch.OfTexts(input.Texts(), options, input.Fail, bar, run.Cancellation)
            : DuplicateSearch.Of(input.Rows(), options, bar, run.Cancellation);
    }

    private void RequireUnique(Invocation run, AnalysisInput input)
    {
        if (run.Get(_unique) is not { } path)
        {
            return;
        }

        if (path.Length == 0 || (OutputOptions.Path(run) is { Length: > 0 } other && Path.GetFullPath(other) == Path.GetFullPath(path)))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--unique must be the name of a file, and another than that of --out");
        }

        if (input.Sources is { } sources)
        {
            DistinctFile.RequireKnown(sources);
        }
        else if (_options.Texts.Fields(run).AreAsked)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--unique copies rows of files, and texts of standard input without fields: name the file with --input");
        }

        if (File.Exists(path) && !_options.Output.Force(run))
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputExists", $"{path} exists already: --force replaces it");
        }
    }

    private void WriteUnique(Invocation run, AnalysisInput input, Duplicates found)
    {
        if (run.Get(_unique) is not { } path)
        {
            return;
        }

        OutputOptions.ToFile(path, () => AtomicFile.Write(path, _options.Output.Force(run), stream =>
        {
            if (input.Sources is { } sources)
            {
                // Rows that failed were compared with nothing, and stay.
                var compared = 0;
                DistinctFile.Copy(sources, _options.Texts.Fields(run), number => input.HasFailed(number + 1) || found.IsFirst(compared++), stream, run.Cancellation);
                return;
            }

            foreach (var row in found.DistinctRows)
            {
                stream.Write(Encoding.UTF8.GetBytes($"{row.Text}\n"));
            }
        }));
    }

    private static void Show(Screen screen, IReadOnlyList<DuplicateText> all)
    {
        foreach (var group in all.GroupBy(row => row.Group))
        {
            screen.Heading($"{group.Count()} x {group.First()}");
            screen.Table([">cosine", "rowId", "text"], group.Select(row => (string[])[Readable.Short(row.Score), RowText.Id(row.RowId), row.IsExact && !row.IsRepresentative ? "the same" : RowText.Of(row.Text, screen.Width - 40)]));
        }
    }
}
