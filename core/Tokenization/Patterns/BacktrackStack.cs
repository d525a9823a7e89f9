using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>What an entry of the stack brings back.</summary>
internal enum BacktrackKind
{
    /// <summary>Slot A had the value B.</summary>
    Undo,

    /// <summary>Step A at place B.</summary>
    Branch,

    /// <summary>Step A, one character before place B each time, down to place C.</summary>
    Greedy,

    /// <summary>Step A, one character behind place B each time, at most C times.</summary>
    Lazy,
}

/// <summary>An entry of the stack.</summary>
internal record struct Backtrack(BacktrackKind Kind, int A, int B, int C);

/// <summary>The ways that a match has not gone yet. Its memory is bounded; each thread uses its own again.</summary>
internal sealed class BacktrackStack
{
    private const int Most = 1 << 24;
    private const int MostKept = 1 << 16;

    [ThreadStatic]
    private static Backtrack[]? _spare;

    private Backtrack[] _ways = _spare ??= new Backtrack[256];

    public int Count { get; set; }

    public ref Backtrack Top => ref _ways[Count - 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(BacktrackKind kind, int a, int b, int c)
    {
        if (Count == _ways.Length)
        {
            Grow();
        }

        _ways[Count++] = new Backtrack(kind, a, b, c);
    }

    /// <summary>Throws away all above a height but what slots were.</summary>
    public void KeepUndos(int height)
    {
        int kept = height;
        for (int i = height; i < Count; i++)
        {
            if (_ways[i].Kind == BacktrackKind.Undo)
            {
                _ways[kept++] = _ways[i];
            }
        }

        Count = kept;
    }

    /// <summary>Throws away all above a height and gives slots back what they were.</summary>
    public void UndoTo(int height, int[] slots)
    {
        while (Count > height)
        {
            Backtrack way = _ways[--Count];
            if (way.Kind == BacktrackKind.Undo)
            {
                slots[way.A] = way.B;
            }
        }
    }

    // Twice as many, and at some number no more.
    private void Grow()
    {
        if (_ways.Length >= Most)
        {
            throw new TimeoutException();
        }

        Array.Resize(ref _ways, 2 * _ways.Length);
        if (_ways.Length <= MostKept)
        {
            _spare = _ways;
        }
    }
}
