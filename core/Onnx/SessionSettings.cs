using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>How sessions are opened.</summary>
/// <param name="CudaDevice">The CUDA device, or null for the CPU.</param>
/// <param name="Threads">Threads of one operator; 0 lets ONNX Runtime take the physical cores.</param>
/// <param name="WeightsFolder">The folder with the checkpoint's files, from which a GPU's weights are read.</param>
internal sealed record SessionSettings(int? CudaDevice, int Threads, string WeightsFolder)
{
    /// <summary>Whether the graph is somebody else's: it computes as a session that nobody has set up would, weights packed.</summary>
    public bool IsForeign { get; init; }

    /// <summary>On a CPU weights are shared memory; a GPU reads them from the files into its own.</summary>
    public bool WeightsInMemory => CudaDevice is null;

    /// <summary>ONNX Runtime's options for these settings.</summary>
    public SessionOptions ToOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Packing would copy weight matrices into each session; ours are declared so that on a CPU only quantized ones are, which must be (StoredWeight).
        options.AddSessionConfigEntry("session.disable_prepacking", IsForeign || WeightsInMemory ? "0" : "1");
        // On a CPU all sessions take memory from the one arena that OnnxRuntimeLibrary registers. On CUDA that would mean none at all, each tensor allocated
        // by the driver: a quarter of the speed.
        options.AddSessionConfigEntry("session.use_env_allocators", CudaDevice is null ? "1" : "0");
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", WeightsFolder);
        if (CudaDevice is { } device)
        {
            CudaProvider.Append(options, device);
        }

        return options;
    }
}
