using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx weights: moments and histograms of the matrices of each block; a matrix itself, or its moving average.</summary>
internal sealed class WeightsCommand : GptxCommand
{
    private const int UsualBins = 50;

    private static readonly Report<WeightStatistics> Statistics = new()
    {
        Shape = new(
            new("name", weights => weights.Name),
            new("block", weights => weights.Block),
            new("shape", weights => weights.Shape),
            new("count", weights => weights.Count),
            new("min", weights => weights.Min),
            new("max", weights => weights.Max),
            new("mean", weights => weights.Mean),
            new("standardDeviation", weights => weights.StandardDeviation),
            new("skewness", weights => weights.Skewness),
            new("excessKurtosis", weights => weights.ExcessKurtosis),
            new("histogram", weights => weights.Histogram),
            new("model", weights => weights.Model)),
        Show = WeightPicture.Show,
        Draw = WeightFigure.Of,
    };

    private static readonly Field<WeightMatrix>[] OfMatrix =
    [
        new("name", matrix => matrix.Name),
        new("block", matrix => matrix.Block),
        new("rows", matrix => matrix.Rows),
        new("columns", matrix => matrix.Columns),
        new("window", matrix => matrix.Window),
        new("stride", matrix => matrix.Stride),
        new("model", matrix => matrix.Model),
    ];

    private static readonly Report<WeightMatrix> Matrices = new()
    {
        Shape = new([.. OfMatrix, new("values", matrix => matrix.Values)]),
        CsvLines = matrix => matrix.Values.Index().Select(row => (KeyValuePair<string, object?>[])[new("name", matrix.Name), new("row", row.Index), new("v", row.Item)]),
        Show = (screen, matrices) => matrices.ToList().ForEach(matrix => WeightPicture.Show(screen, matrix)),
        Draw = WeightFigure.Of,
    };

    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _blocks = Numbers.Lists("--block", "Blocks, counted from 0 (default all, and what belongs to none).");
    private readonly Option<int?> _bins = Numbers.Whole("--bins", $"Bins of each histogram (default {UsualBins}).");
    private readonly Option<int?> _average = Numbers.Whole("--average", "With --matrix: the mean of each window of N x N numbers.");
    private readonly Option<int?> _stride = Numbers.Whole("--stride", "With --average: how far the window moves (default its width).");
    private readonly Option<bool> _values = new("--values") { Description = "With --matrix: the matrix itself; to an .npy or .safetensors file too." };

    private readonly Option<string?> _matrix = new("--matrix")
    {
        Description = "Only matrices of this name, with * and ? as wildcards.",
        HelpName = "NAME",
    };

    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public WeightsCommand()
        : base("weights", "Measure the matrices of each block: moments and histograms; or show one, or its moving average.")
    {
        Options.Add(_blocks);
        Options.Add(_matrix);
        Options.Add(_bins);
        Options.Add(_average);
        Options.Add(_stride);
        Options.Add(_values);
        FigureOption.AddTo(this);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx weights",
        "gptx weights --block 0 --bins 20 --json",
        "gptx weights --matrix \"*.0.mlp.c_fc.weight\" --average 64 --stride 8 --csv",
        "gptx weights --matrix \"*.0.attn.c_attn.weight\" --values --out c_attn.npy",
        "gptx weights --matrix \"*.mlp.c_fc.weight\" --average 64 --stride 8 --figure averages.svg",
    ];

    public override int Execute(Invocation run)
    {
        var isOneMatrix = run.Get(_values) || run.Get(_average) is not null;
        string? wrong = isOneMatrix && run.Get(_matrix) is null ? "--values and --average are of matrices: name them with --matrix"
            : run.Get(_stride) is not null && run.Get(_average) is null ? "--stride moves the window of --average: give that too"
            : run.Get(_values) && run.Get(_average) is not null ? "--values and --average exclude each other: give one of them"
            : isOneMatrix && run.Get(_blocks) is { Count: > 0 } ? "--values and --average are of matrices: their names say the block, leave --block out"
            : null;
        return wrong is null ? isOneMatrix ? ShowMatrix(run) : Measure(run) : throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", wrong);
    }

    private int Measure(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        return _output.Write(run, writer =>
        {
            using var model = _models.Load(run);
            var results = Statistics.Open(format, writer, run);
            foreach (var weights in WeightMeasure.Of(model, Numbers.Flat(run.Get(_blocks)), run.Get(_matrix), run.Get(_bins) ?? UsualBins, run.Cancellation))
            {
                results.Write(weights);
                results.Flush();
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private int ShowMatrix(Invocation run)
    {
        if (OutputOptions.Path(run) is { } path && TensorOutput.IsTensorFile(path))
        {
            var figure = FigureOption.Read(run);
            using var model = _models.Load(run);
            var matrix = Matrix(run, model);
            figure?.Save(WeightFigure.Of([matrix]));
            var tensor = new TextActivation("", 0, matrix.Name, [matrix.Values.Length, matrix.Values[0].Length], [.. matrix.Values.SelectMany(row => row)], model.Name);
            OutputOptions.ToFile(path, () => TensorOutput.Write(path, [tensor], _output.Force(run)));
            return ExitCode.Ok;
        }

        var format = _output.Format(run, OutputFormat.JsonLines);
        return _output.Write(run, writer =>
        {
            using var model = _models.Load(run);
            var results = Matrices.Open(format, writer, run);
            foreach (var matrix in WeightMeasure.Matrices(model, run.Get(_matrix)!, run.Get(_average) ?? 1, run.Get(_stride), run.Cancellation))
            {
                results.Write(matrix);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private WeightMatrix Matrix(Invocation run, LanguageModel model) =>
        WeightMeasure.Matrix(model, run.Get(_matrix)!, run.Get(_average) ?? 1, run.Get(_stride), run.Cancellation);
}
