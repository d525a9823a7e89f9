using Gptx.Inference;

namespace Gptx.Tests;

/// <summary>The embedded model on the CPU, open for the tests of one class.</summary>
public sealed class EmbeddedModel : IDisposable
{
    public LanguageModel Model { get; } = LanguageModel.Load(options: new LoadOptions { Device = Device.Cpu, Threads = 1 });

    public TokenSequence Text(string text) => TokenSequence.FromText(Model, text);

    public void Dispose() => Model.Dispose();
}
