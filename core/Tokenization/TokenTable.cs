using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>
/// The model's own tokens and ids, both ways. Made for reading a file fast: tokens lie one after the other in one array and become
/// strings when they are asked for, and what runs for each is optimized at once. Filled by one thread, then only read.
/// </summary>
internal sealed class TokenTable
{
    // Slots and _dense hold a token's index plus 1, so that fresh memory is empty.
    private const int Empty = 0;

    private char[] _text = new char[1024];
    private int[] _starts = new int[256];
    private int[] _ids = new int[256];
    private int[] _slots = new int[512];
    private string?[] _names = [];
    private int[] _dense = [];
    private Dictionary<int, int>? _sparse;

    public int Count { get; private set; }

    /// <summary>The length of the longest token, in UTF-16 units.</summary>
    public int LongestToken { get; private set; }

    /// <summary>The ids of the tokens, in the order in which these were added.</summary>
    public IEnumerable<int> Ids => _ids.Take(Count);

    /// <summary>Adds a token. One that was there already gets the new id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<char> token, int id)
    {
        int slot = SlotOf(token);
        if (_slots[slot] != Empty)
        {
            _ids[_slots[slot] - 1] = id;
            return;
        }

        _slots[slot] = Count + 1;
        int start = _starts[Count];
        Grow(ref _text, start + token.Length);
        Grow(ref _starts, Count + 2);
        Grow(ref _ids, Count + 1);
        token.CopyTo(_text.AsSpan(start));
        _starts[Count + 1] = start + token.Length;
        _ids[Count] = id;
        Count++;
        LongestToken = Math.Max(LongestToken, token.Length);
        if (2 * Count > _slots.Length)
        {
            Rehash();
        }
    }

    /// <summary>Ends the filling. Ids may be sparse; of two tokens with one id the later gives the id its name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete()
    {
        _names = new string?[Count];
        uint highest = 0;
        for (int i = 0; i < Count; i++)
        {
            highest = Math.Max(highest, (uint)_ids[i]);
        }

        if (highest >= (2L * Count) + 65536)
        {
            _sparse = [];
            for (int i = 0; i < Count; i++)
            {
                _sparse[_ids[i]] = i + 1;
            }

            return;
        }

        _dense = new int[highest + 1];
        for (int i = 0; i < Count; i++)
        {
            _dense[_ids[i]] = i + 1;
        }
    }

    /// <summary>Whether no two tokens have one id.</summary>
    public bool HasUniqueIds() => _ids.AsSpan(0, Count).ToArray().Distinct().Count() == Count;

    public bool TryGetId(ReadOnlySpan<char> token, out int id)
    {
        int index = _slots[SlotOf(token)];
        id = index == Empty ? 0 : _ids[index - 1];
        return index != Empty;
    }

    public bool TryGetToken(int id, [NotNullWhen(true)] out string? token)
    {
        int index = _sparse is not null ? _sparse.GetValueOrDefault(id, Empty)
            : (uint)id < (uint)_dense.Length ? _dense[id]
            : Empty;
        token = index == Empty ? null : _names[index - 1] ??= new string(CharactersAt(index - 1));
        return token is not null;
    }

    /// <summary>The characters of the token that was added at this place in the order.</summary>
    public ReadOnlySpan<char> CharactersAt(int index) => _text.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SlotOf(ReadOnlySpan<char> token)
    {
        int mask = _slots.Length - 1;
        int slot = string.GetHashCode(token, StringComparison.Ordinal) & mask;
        while (_slots[slot] != Empty && !CharactersAt(_slots[slot] - 1).SequenceEqual(token))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rehash()
    {
        _slots = new int[4 * _slots.Length];
        for (int i = 0; i < Count; i++)
        {
            _slots[SlotOf(CharactersAt(i))] = i + 1;
        }
    }

    private static void Grow<T>(ref T[] array, int count)
    {
        if (count > array.Length)
        {
            Array.Resize(ref array, Math.Max(count, 2 * array.Length));
        }
    }
}
