using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Which open model: a name or full path, where it computes, with how many threads and in which types.</summary>
internal sealed record ModelKey(string Name, string Device, int Threads, string Precision = "auto", string Compute = "float32")
{
    /// <summary>Whether widened weights are kept on disk, and taken from there.</summary>
    public bool UsesCache { get; init; } = true;

    /// <summary>How such a model is loaded.</summary>
    /// <exception cref="GptxException">A name is not known.</exception>
    public LoadOptions ToOptions() => new()
    {
        Device = Inference.Device.Parse(Device),
        Threads = Threads,
        Precision = PrecisionNames.ToPrecision(Precision),
        Compute = PrecisionNames.ToCompute(Compute),
        Cache = UsesCache ? WidenedCache.FromEnvironment() : null,
        Hub = Checkpoints.Hub.HubAccess.CacheOnly,
    };
}

/// <summary>
/// The models that are open in this process, shared by all its runspaces. A model that is closed while commands use it is freed when
/// the last of them ends.
/// </summary>
internal sealed class OpenModels
{
    private readonly Dictionary<ModelKey, OpenModel> _models = [];
    private readonly Lock _lock = new();

    /// <summary>Those of this process; when memory gets scarce, those that nobody uses are closed.</summary>
    public static OpenModels InProcess { get; } = Watched();

    /// <summary>Whether any is open.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _models.Count > 0;
            }
        }
    }

    /// <summary>A model, opened if it is not open yet.</summary>
    /// <exception cref="GptxException">It cannot be loaded.</exception>
    public ModelLease Rent(ModelKey key)
    {
        OpenModel model;
        lock (_lock)
        {
            if (!_models.TryGetValue(key, out model!))
            {
                model = new OpenModel(key);
                _models.Add(key, model);
            }

            model.Users++;
        }

        try
        {
            return new ModelLease(model.Value, () => Return(model));
        }
        catch
        {
            Forget(model);
            Return(model);
            throw;
        }
    }

    /// <summary>As <see cref="Rent"/>, on another thread.</summary>
    public Task<ModelLease> RentLater(ModelKey key) => Task.Run(() => Rent(key));

    /// <summary>Frees models: those of a name, or all.</summary>
    /// <returns>How many there were.</returns>
    public int Close(string? name) => Close(model => name is null || model.Key.Name == name);

    /// <summary>Frees the models that no command is using; a command that needs one opens it again.</summary>
    /// <returns>How many there were.</returns>
    public int CloseUnused() => Close(model => model.Users == 0);

    private static OpenModels Watched()
    {
        var models = new OpenModels();
        MemoryWatch.Begin(() => models.Any, () => models.CloseUnused());
        return models;
    }

    private int Close(Func<OpenModel, bool> isMeant)
    {
        List<OpenModel> closed;
        lock (_lock)
        {
            closed = [.. _models.Values.Where(isMeant)];
            foreach (var model in closed)
            {
                _models.Remove(model.Key);
                model.IsClosed = true;
            }
        }

        foreach (var model in closed)
        {
            FreeIfUnused(model);
        }

        return closed.Count;
    }

    private void Forget(OpenModel model)
    {
        lock (_lock)
        {
            if (_models.TryGetValue(model.Key, out var known) && known == model)
            {
                _models.Remove(model.Key);
            }

            model.IsClosed = true;
        }
    }

    private void Return(OpenModel model)
    {
        lock (_lock)
        {
            model.Users--;
        }

        FreeIfUnused(model);
    }

    private void FreeIfUnused(OpenModel model)
    {
        lock (_lock)
        {
            if (!model.IsClosed || model.Users > 0 || model.IsFreed)
            {
                return;
            }

            model.IsFreed = true;
        }

        model.Free();
    }

    /// <summary>A model and how many commands are using it.</summary>
    private sealed class OpenModel(ModelKey key)
    {
        private readonly Lazy<LanguageModel> _model = new(() => LanguageModel.Load(key.Name, key.ToOptions()));

        public ModelKey Key => key;

        public LanguageModel Value => _model.Value;

        public int Users { get; set; }

        public bool IsClosed { get; set; }

        public bool IsFreed { get; set; }

        public void Free()
        {
            if (_model.IsValueCreated)
            {
                _model.Value.Dispose();
            }
        }
    }
}

/// <summary>A model in use by one command.</summary>
internal sealed class ModelLease(LanguageModel model, Action giveBack) : IDisposable
{
    /// <summary>The model.</summary>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public void Dispose() => giveBack();
}
