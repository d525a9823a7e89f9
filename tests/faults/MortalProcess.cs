using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gptx.Faults;

/// <summary>A process that is killed. One at a time: what it has used is what the children of this process have used since it was started.</summary>
public sealed partial class MortalProcess : IDisposable
{
    private const int Children = -1;

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly double _before = UsedByChildren();

    public MortalProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["GPTX_NO_CACHE"] = "1";
        start.Environment.Remove("GPTX_MODEL");
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it said.</summary>
    public string Error => _error.GetAwaiter().GetResult();

    /// <summary>Its exit code.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Processor time that it has used.</summary>
    public double ProcessorSeconds => UsedByChildren() - _before;

    /// <summary>Waits for its end.</summary>
    public void End() => _process.WaitForExit();

    /// <summary>Kills it so long after a condition holds; false where it had come to its end before.</summary>
    public bool Kill(Func<bool> isTime, TimeSpan after)
    {
        var clock = Stopwatch.StartNew();
        while (!isTime())
        {
            if (_process.WaitForExit(1))
            {
                return false;
            }

            clock.Restart();
        }

        var left = after - clock.Elapsed;
        if (left > TimeSpan.Zero && _process.WaitForExit(left))
        {
            return false;
        }

        _process.Kill();
        _process.WaitForExit();
        return true;
    }

    /// <summary>Sends it a signal.</summary>
    public void Send(int signal) => Signal(_process.Id, signal);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    // struct rusage begins with two pairs of seconds and microseconds: in user code, and in the system.
    private static double UsedByChildren()
    {
        Span<long> usage = stackalloc long[64];
        return GetUsage(Children, usage) == 0 ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6) : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, Span<long> usage);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
