using System.Runtime.InteropServices;

namespace Gptx.Tool;

/// <summary>
/// The first Ctrl+C asks the work to stop; the second one ends the process as usual. A part of the work that can be stopped by itself, such as
/// one answer of a conversation, takes the first for itself.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private CancellationTokenSource? _part;

    public Interrupt()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was SIGTERM that stopped the work: whoever runs processes sends it, a person does not.</summary>
    public bool WasTerminated { get; private set; }

    /// <summary>Begins a part of the work that the next Ctrl+C stops and nothing else; one after that stops all.</summary>
    public CancellationTokenSource BeginPart()
    {
        lock (_lock)
        {
            return _part = CancellationTokenSource.CreateLinkedTokenSource(_source.Token);
        }
    }

    /// <summary>Ends the part that was begun.</summary>
    public void EndPart()
    {
        lock (_lock)
        {
            _part?.Dispose();
            _part = null;
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        lock (_lock)
        {
            if (signal.Signal == PosixSignal.SIGINT && _part is { IsCancellationRequested: false } part)
            {
                signal.Cancel = true;
                part.Cancel();
                return;
            }
        }

        WasTerminated |= signal.Signal == PosixSignal.SIGTERM;
        signal.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
