using System.CommandLine;
using System.Globalization;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tool.Options;

/// <summary>Which model, and where it computes: the same on every command that loads one. Each also has an environment variable.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model: a folder or file, 'embedded' (default; GPTX_MODEL), or org/name on the hub, which is pulled on first use.",
        HelpName = "MODEL",
    };

    private readonly Option<string?> _device = new("--device")
    {
        Description = "Where it computes: auto (default), cpu, cuda or cuda:n (GPTX_DEVICE).",
        HelpName = "DEVICE",
    };

    private readonly Option<int?> _threads = Numbers.Whole("--threads", "Threads to compute with; 0 (default) is one a core (GPTX_THREADS).");

    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "What weights are rounded to: auto (default: as the file has them), fp32, fp16, bf16, int8 or int4 (GPTX_PRECISION).",
        HelpName = "TYPE",
    };

    private readonly Option<bool> _noCache = new("--no-cache")
    {
        Description = "Neither keep widened weights on disk nor use those that are kept (GPTX_NO_CACHE).",
    };

    private readonly Option<string?> _compute = new("--compute")
    {
        Description = "What quantized weights are multiplied by: float32 (default) or int8, faster and not exact (GPTX_COMPUTE).",
        HelpName = "TYPE",
    };

    private readonly HubOptions _hub;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="named">Whether --model names the model; not where arguments do.</param>
    public ModelOptions(Command command, bool named = true)
    {
        if (named)
        {
            command.Options.Add(_model);
        }

        command.Options.Add(_device);
        command.Options.Add(_threads);
        command.Options.Add(_precision);
        command.Options.Add(_compute);
        command.Options.Add(_noCache);
        _hub = new HubOptions(command);
        _model.CompletionSources.Add(_ => ModelNames.All());
    }

    /// <summary>Whether --model is given.</summary>
    public bool IsNamed(Invocation run) => run.Get(_model) is not null;

    /// <summary>The model that is asked for, by an option, a variable, or by default.</summary>
    public string Name(Invocation run) => run.Get(_model) ?? run.Variable(EnvironmentReport.ModelVariable) ?? ModelLocation.Embedded;

    /// <summary>Opens the model.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The model; null for the one that the options name.</param>
    /// <param name="mayPull">Whether a model of the hub that is not in the cache is pulled.</param>
    /// <param name="precision">Stands in for --precision where a command opens two models.</param>
    /// <param name="compute">Stands in for --compute.</param>
    public LanguageModel Load(Invocation run, string? name = null, bool mayPull = true, string? precision = null, string? compute = null)
    {
        var options = Options(run, precision, compute);
        var device = options.Device;
        var model = _hub.Looking(run, mayPull, hub => LanguageModel.Load(name ?? Name(run), options with { Hub = hub }));
        if (run.IsVerbose)
        {
            run.Say($"model {model.Name} in {model.Folder}, on {model.Device}");
        }
        else if (device == Device.Auto && model.Device != Device.Cpu)
        {
            run.Say($"computing on {model.Device}");
        }

        if (model.Note is { } note)
        {
            run.Say(note);
        }

        return model;
    }

    /// <summary>Opens the model's tokenizer, and nothing else of it. Options that only a model needs are checked all the same.</summary>
    public ModelTokenizer LoadTokenizer(Invocation run)
    {
        _ = Options(run);
        var tokenizer = _hub.Looking(run, mayPull: true, hub => ModelTokenizer.Load(Name(run), hub));
        if (run.IsVerbose)
        {
            run.Say($"tokenizer of {tokenizer.Name}: {tokenizer.File ?? "none"}");
        }

        return tokenizer;
    }

    private LoadOptions Options(Invocation run, string? precision = null, string? compute = null)
    {
        return new LoadOptions
        {
            Precision = PrecisionNames.ToPrecision(precision ?? run.Get(_precision) ?? run.Variable("GPTX_PRECISION") ?? "auto"),
            Compute = PrecisionNames.ToCompute(compute ?? run.Get(_compute) ?? run.Variable("GPTX_COMPUTE") ?? "float32"),
            Device = Device.Parse(run.Get(_device) ?? run.Variable("GPTX_DEVICE") ?? "auto"),
            Threads = Threads(run),
            Warn = run.Say,
            Cache = Cache(run),
        };
    }

    private WidenedCache? Cache(Invocation run) =>
        run.Get(_noCache) || run.Variable("GPTX_NO_CACHE") is not null ? null : WidenedCache.FromEnvironment(run.Say, run.Variable);

    /// <summary>Threads to compute with; 0 is one a core.</summary>
    public int Threads(Invocation run)
    {
        var threads = run.Get(_threads) ?? (run.Variable("GPTX_THREADS") is { } text ? FromVariable("GPTX_THREADS", text) : 0);
        return threads >= 0 ? threads : throw new GptxException(
            GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"threads {threads} is not allowed: it must be at least 0");
    }

    /// <summary>A whole number out of an environment variable.</summary>
    public static int FromVariable(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw new GptxException(
            GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} is '{text}': it must be a whole number");
}
