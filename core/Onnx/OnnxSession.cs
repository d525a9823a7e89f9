using Gptx.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>One graph, opened by ONNX Runtime and ready to run; safe to run from several threads at once.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Opens a graph on a device over a model's shared weights.</summary>
    /// <exception cref="GptxException"><c>SessionNotOpened</c>: ONNX Runtime refused the graph.</exception>
    public OnnxSession(OnnxModel model, WeightStore weights, SessionSettings settings)
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        using var options = settings.ToOptions();
        if (settings.WeightsInMemory)
        {
            foreach (var name in model.Weights)
            {
                options.AddInitializer(name, weights.Value(name));
            }
        }

        _session = Open(model.ToBytes(), options, settings.WeightsFolder);
        weights.FreePacked();
    }

    /// <summary>Opens somebody else's graph, whose weights lie in it or in the settings' folder.</summary>
    /// <exception cref="GptxException"><c>SessionNotOpened</c>: ONNX Runtime refused the graph.</exception>
    public OnnxSession(byte[] model, SessionSettings settings, string path)
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        using var options = settings.ToOptions();
        _session = Open(model, options, path);
    }

    /// <summary>Runs a batch, [rows, width] numbers for each input by its name, and hands out every output of the graph.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run stops at the next operator.</exception>
    /// <exception cref="GptxException"><c>RunFailed</c>: ONNX Runtime gave up, for example for want of memory.</exception>
    public IReadOnlyList<OnnxOutput> Run(Func<string, long[]> values, int rows, CancellationToken cancellation) => Run(values, rows, [], cancellation);

    /// <summary>Runs a batch that is fed numbers too, by the names of their inputs.</summary>
    /// <inheritdoc cref="Run(Func{string, long[]}, int, CancellationToken)"/>
    public IReadOnlyList<OnnxOutput> Run(Func<string, long[]> values, int rows, IReadOnlyList<OnnxInput> fed, CancellationToken cancellation)
    {
        var numbers = fed.ToDictionary(input => input.Name, StringComparer.Ordinal);
        var inputs = _session.InputNames.ToDictionary(
            name => name, name => numbers.TryGetValue(name, out var number) ? FedInputs.ToValue(number) : ToValue(values(name), rows), StringComparer.Ordinal);
        try
        {
            var outputs = Guarded(options => _session.Run(options, inputs, _session.OutputNames), cancellation);
            return [.. _session.OutputNames.Zip(outputs, ToOutput)];
        }
        finally
        {
            foreach (var value in inputs.Values)
            {
                value.Dispose();
            }
        }
    }

    /// <summary>Runs with inputs by name and hands out the outputs of these names; both are the caller's to dispose.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run stops at the next operator.</exception>
    /// <exception cref="GptxException"><c>RunFailed</c>: ONNX Runtime gave up, for example for want of memory.</exception>
    public IReadOnlyList<OrtValue> Run(IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputs, CancellationToken cancellation) =>
        [.. Guarded(options => _session.Run(options, inputs, outputs), cancellation)];

    /// <summary>A binding of inputs and outputs to memory, for runs that repeat.</summary>
    public OrtIoBinding Bind() => _session.CreateIoBinding();

    /// <summary>Runs with what was bound.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run stops at the next operator.</exception>
    /// <exception cref="GptxException"><c>RunFailed</c>: ONNX Runtime gave up, for example for want of memory.</exception>
    public void Run(OrtIoBinding binding, CancellationToken cancellation) =>
        Guarded(
            options =>
            {
                _session.RunWithBinding(options, binding);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OrtValue ToValue(long[] values, int rows) => OrtValue.CreateTensorValueFromMemory(values, [rows, values.Length / rows]);

    private static InferenceSession Open(byte[] model, SessionOptions options, string place)
    {
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new GptxException(
                GptxErrorKind.ModelNotLoadable, "SessionNotOpened", $"ONNX Runtime could not open the model in {place}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static OnnxOutput ToOutput(string name, OrtValue value) =>
        new(name, [.. value.GetTensorTypeAndShape().Shape.Select(size => (int)size)], new OrtMemory(value));

    private static T Guarded<T>(Func<RunOptions, T> run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var options = new RunOptions();
        using var registration = cancellation.Register(() => options.Terminate = true);
        try
        {
            return run(options);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OnnxRuntimeException error)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput, "RunFailed", $"ONNX Runtime could not run the model: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
