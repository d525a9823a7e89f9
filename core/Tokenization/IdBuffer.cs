using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>Ids as they are found, in memory that is used again for the next text.</summary>
internal sealed class IdBuffer
{
    private const int MostKept = 1 << 20;

    private int[] _ids = new int[256];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Span => _ids.AsSpan(0, Count);

    public void Add(int id)
    {
        Reserve(1);
        _ids[Count++] = id;
    }

    public void Add(ReadOnlySpan<ModelToken> tokens)
    {
        Reserve(tokens.Length);
        foreach (ModelToken token in tokens)
        {
            _ids[Count++] = token.Id;
        }
    }

    /// <summary>Adds the first ids of a short array; the whole array is copied, which is faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<int> ids, int count)
    {
        Reserve(ids.Length);
        ids.CopyTo(_ids.AsSpan(Count));
        Count += count;
    }

    public void Clear()
    {
        Count = 0;
        if (_ids.Length > MostKept)
        {
            _ids = new int[256];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int more)
    {
        if (Count + more > _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(2 * _ids.Length, Count + more));
        }
    }
}
