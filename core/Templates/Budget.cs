using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gptx.Templates;

/// <summary>What a rendering has spent of its <see cref="TemplateLimits"/>. Everything is charged before it is done, never after.</summary>
internal sealed class Budget(TemplateLimits limits, CancellationToken cancellation)
{
    private const int StepsBetweenChecks = 2048;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _steps;
    private long _nextCheck = StepsBetweenChecks;
    private long _memory;
    private int _depth;

    /// <summary>The most bits an integer may have: what grows beyond is an attack, since none beyond 4,300 digits can be printed.</summary>
    public const long MaxIntegerBits = 1 << 20;

    public TemplateLimits Limits { get; } = limits;

    public void Step()
    {
        if (++_steps >= _nextCheck)
        {
            Check();
        }
    }

    /// <summary>Charges work that goes through so many elements.</summary>
    public void Steps(long count)
    {
        _steps = count > Limits.Steps ? Limits.Steps + 1 : _steps + count;
        if (_steps >= _nextCheck)
        {
            Check();
        }
    }

    /// <summary>Charges a pass over a text of this many characters.</summary>
    public void Characters(long count) => Steps((count >> 6) + 1);

    /// <summary>Charges the memory of a text before it is made.</summary>
    public void Text(long length)
    {
        Memory((2 * Math.Min(length, long.MaxValue / 4)) + 40);
        Characters(length);
    }

    /// <summary>Charges the memory of a list before it is made.</summary>
    public void List(long count)
    {
        Memory((8 * Math.Min(count, long.MaxValue / 16)) + 56);
        Steps((count >> 3) + 1);
    }

    public void Memory(long bytes)
    {
        _memory += bytes;
        if (_memory > Limits.Memory || _memory < 0)
        {
            _memory = Limits.Memory;
            throw TemplateFault.Limit($"it would make values of more than {Limits.Memory} bytes (limit Memory)");
        }
    }

    /// <summary>One level deeper into calls or into nested values; each has its <see cref="Leave"/>, unless the rendering ends.</summary>
    public void Enter()
    {
        if (++_depth > Limits.Depth)
        {
            throw TooDeep(Limits);
        }

        CheckStack();
    }

    public void Leave() => _depth--;

    public void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TemplateFault.Limit("it is nested more deeply than this thread's stack can hold (limit Depth)");
        }
    }

    public static TemplateFault TooDeep(TemplateLimits limits) => TemplateFault.Limit($"it is nested, or calls itself, more than {limits.Depth} levels deep (limit Depth)");

    private void Check()
    {
        _nextCheck = _steps + StepsBetweenChecks;
        if (_steps > Limits.Steps)
        {
            throw TemplateFault.Limit($"it takes more than {Limits.Steps} steps (limit Steps)");
        }

        cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(_started) > Limits.Time)
        {
            throw TemplateFault.Limit($"it takes longer than {Limits.Time.TotalSeconds:0.###} s (limit Time)");
        }
    }
}
