using System.Management.Automation;
using System.Runtime.ExceptionServices;
using Gptx.Checkpoints.Hub;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that uses a language model. Models stay open between calls; Close-LanguageModel frees them.</summary>
public abstract class ModelCmdlet : GptxCmdlet, IDisposable
{
    private const int Glance = 100; // milliseconds
    private readonly Dictionary<ModelKey, ModelLease> _leases = [];
    private Preference? _preferred;
    private string? _model;
    private string? _device;
    private int? _threads;
    private string? _precision;
    private string? _compute;

    /// <summary>A model's folder, its name on the hub (org/name, pulled on first use), or an object that has one. Default: $GptxPreference.Model, GPTX_MODEL, or the embedded model.</summary>
    [Parameter]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public virtual string Model
    {
        get => _model ?? Preferred.Model ?? EnvironmentReport.ModelByDefault;
        set => _model = value;
    }

    /// <summary>Where it computes: auto, cpu, cuda or cuda:n. Default: $GptxPreference.Device, GPTX_DEVICE, or auto.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device
    {
        get => _device ?? Preferred.Device ?? (Environment.GetEnvironmentVariable("GPTX_DEVICE") is { Length: > 0 } device ? device : "auto");
        set => _device = value;
    }

    /// <summary>Threads of one operator; 0 takes one a physical core. Default: $GptxPreference.Threads, GPTX_THREADS, or 0.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int Threads
    {
        get => _threads ?? Preferred.Threads ?? (int.TryParse(Environment.GetEnvironmentVariable("GPTX_THREADS"), out var threads) ? threads : 0);
        set => _threads = value;
    }

    /// <summary>What weights are rounded to: auto (as the file has them), fp32, fp16, bf16, int8 or int4. Default: $GptxPreference.Precision, GPTX_PRECISION, or auto.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PrecisionCompleter))]
    public string Precision
    {
        get => _precision ?? Preferred.Precision ?? (Environment.GetEnvironmentVariable("GPTX_PRECISION") is { Length: > 0 } precision ? precision : "auto");
        set => _precision = value;
    }

    /// <summary>What quantized weights are multiplied by: float32, or int8, which is faster and not exact. Default: $GptxPreference.Compute, GPTX_COMPUTE, or float32.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeCompleter))]
    public string Compute
    {
        get => _compute ?? Preferred.Compute ?? (Environment.GetEnvironmentVariable("GPTX_COMPUTE") is { Length: > 0 } compute ? compute : "float32");
        set => _compute = value;
    }

    /// <summary>Neither keeps widened weights on disk nor uses those that are kept. Default: GPTX_NO_CACHE.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; } = Environment.GetEnvironmentVariable("GPTX_NO_CACHE") is { Length: > 0 };

    private Preference Preferred
    {
        get
        {
            if (_preferred is null)
            {
                ForCommand(Preference.Variable, () => _preferred = Preference.Of(SessionState));
            }

            return _preferred!;
        }
    }

    /// <summary>Whether a model of the hub that is not in the cache is pulled.</summary>
    protected virtual bool MayPull => true;

    /// <summary>The model that was asked for; it stays open until the command ends.</summary>
    protected LanguageModel OpenModel() => OpenModel(Model);

    /// <summary>A model by name or path; it stays open until the command ends.</summary>
    /// <param name="name">Its name or path.</param>
    /// <param name="precision">What its weights are rounded to, where it is not -Precision.</param>
    /// <param name="compute">What its quantized weights are multiplied by, where it is not -Compute.</param>
    protected LanguageModel OpenModel(string name, string? precision = null, string? compute = null)
    {
        var resolved = ModelPath.Resolve(SessionState.Path, name);
        var key = new ModelKey(resolved, Device, Threads, precision ?? Precision, compute ?? Compute) { UsesCache = !NoCache };
        if (!_leases.TryGetValue(key, out var lease))
        {
            ForCommand(name, () => Fetch(resolved, ModelPart.Model));
            ForCommand(name, () => lease = Rent(key));
            _leases.Add(key, lease!);
            WriteVerbose($"model '{resolved}' on {lease!.Model.Device}{(lease.Model.Note is { } note ? $": {note}" : "")}");
        }

        return lease!.Model;
    }

    /// <summary>The tokenizer of the model that was asked for, without its weights; a device that is not known is an error all the same.</summary>
    protected ModelTokenizer OpenTokenizer()
    {
        ModelTokenizer? tokenizer = null;
        ForCommand(Model, () => _ = (Inference.Device.Parse(Device), PrecisionNames.ToPrecision(Precision), PrecisionNames.ToCompute(Compute)));
        var resolved = ModelPath.Resolve(SessionState.Path, Model);
        ForCommand(Model, () => Fetch(resolved, ModelPart.Tokenizer));
        ForCommand(Model, () => tokenizer = OpenTokenizers.Get(resolved));
        return tokenizer!;
    }

    /// <summary>Opens a model on another thread, so that this one can show how long it takes, and stop at once when it is told to.</summary>
    private ModelLease Rent(ModelKey key)
    {
        var renting = OpenModels.InProcess.RentLater(key);
        var progress = new ProgressLine("Opening a model", WriteProgress);
        try
        {
            while (!renting.Wait(Glance, Cancellation))
            {
                progress.Report($"{key.Name}, {progress.Elapsed.TotalSeconds:0} s");
            }

            return renting.Result;
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
            throw;
        }
        catch (OperationCanceledException)
        {
            // It goes on opening, and stays for the next command; this one lets go of it.
            _ = renting.ContinueWith(opened => opened.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw;
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Sees that a model of the hub is on this disk: it is pulled, where that is allowed. Any other name is left to what opens it.</summary>
    private void Fetch(string name, ModelPart part)
    {
        if (ModelLocation.IsOnHub(name) && MayPull)
        {
            new PipelinePull(this, Cancellation).While(hub => ModelLocation.Find(name, hub, part));
        }
    }

    /// <summary>Lets go of the models that the command used.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the models that the command used.</summary>
    protected virtual void Dispose(bool disposing)
    {
        foreach (var lease in _leases.Values)
        {
            lease.Dispose();
        }

        _leases.Clear();
    }
}
