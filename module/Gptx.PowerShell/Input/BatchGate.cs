using System.Diagnostics;

namespace Gptx.PowerShell;

/// <summary>
/// Decides when gathered texts are run: the first at once, so that something comes out early; then two, four and so on, up to the
/// batch size. Where input comes slowly nothing is gathered, as nobody gains by waiting.
/// </summary>
internal sealed class BatchGate(int most)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);
    private int _size = 1;
    private long _before;

    /// <summary>Whether to run now that another text came.</summary>
    /// <param name="gathered">How many there are.</param>
    public bool Opens(int gathered)
    {
        var waited = Stopwatch.GetElapsedTime(_before);
        _before = Stopwatch.GetTimestamp();
        return gathered >= _size || waited > Patience;
    }

    /// <summary>A batch was run.</summary>
    public void Passed()
    {
        _size = Math.Min(most, _size * 2);
        _before = Stopwatch.GetTimestamp();
    }
}
