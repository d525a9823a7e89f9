using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that uses a language model. Models stay open between calls; Close-LanguageModel frees them.</summary>
public abstract class ModelCmdlet : GptxCmdlet, IDisposable
{
    private readonly Dictionary<string, ModelLease> _leases = new(StringComparer.Ordinal);

    /// <summary>A model's name or folder, or an object that has one. Default: GPTX_MODEL, or the embedded model.</summary>
    [Parameter]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public virtual string Model { get; set; } = EnvironmentReport.ModelByDefault;

    /// <summary>Where it computes: auto, cpu, cuda or cuda:n. Default: GPTX_DEVICE, or auto.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = Environment.GetEnvironmentVariable("GPTX_DEVICE") is { Length: > 0 } device ? device : "auto";

    /// <summary>Threads of one operator; 0 takes one a physical core. Default: GPTX_THREADS, or 0.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int Threads { get; set; } = int.TryParse(Environment.GetEnvironmentVariable("GPTX_THREADS"), out var threads) ? threads : 0;

    /// <summary>The model that was asked for; it stays open until the command ends.</summary>
    protected LanguageModel OpenModel() => OpenModel(Model);

    /// <summary>A model by name or path; it stays open until the command ends.</summary>
    protected LanguageModel OpenModel(string name)
    {
        var resolved = ModelPath.Resolve(SessionState.Path, name);
        if (!_leases.TryGetValue(resolved, out var lease))
        {
            ForCommand(name, () => lease = OpenModels.InProcess.Rent(new ModelKey(resolved, Device, Threads)));
            _leases.Add(resolved, lease!);
            WriteVerbose($"model '{resolved}' on {lease!.Model.Device}{(lease.Model.Note is { } note ? $": {note}" : "")}");
        }

        return lease!.Model;
    }

    /// <summary>The tokenizer of the model that was asked for, without its weights; a device that is not known is an error all the same.</summary>
    protected ModelTokenizer OpenTokenizer()
    {
        ModelTokenizer? tokenizer = null;
        ForCommand(Model, () => _ = Inference.Device.Parse(Device));
        ForCommand(Model, () => tokenizer = OpenTokenizers.Get(ModelPath.Resolve(SessionState.Path, Model)));
        return tokenizer!;
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
