using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>The model's own tokens and ids, both ways. Ids may be sparse; of two tokens with one id the later gives the id its name.</summary>
internal sealed class TokenTable
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly string?[] _dense;
    private readonly Dictionary<int, string>? _sparse;

    public TokenTable(Dictionary<string, int> ids)
    {
        Ids = ids;
        _bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        uint highest = ids.Count == 0 ? 0 : ids.Values.Max(id => (uint)id);
        if (highest >= (2L * ids.Count) + 65536)
        {
            _dense = [];
            _sparse = [];
            foreach ((string token, int id) in ids)
            {
                _sparse[id] = token;
            }

            return;
        }

        _dense = new string?[ids.Count == 0 ? 0 : (int)highest + 1];
        foreach ((string token, int id) in ids)
        {
            _dense[id] = token;
        }
    }

    public IReadOnlyDictionary<string, int> Ids { get; }

    public int Count => Ids.Count;

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _bySpan.TryGetValue(token, out id);

    public bool TryGetToken(int id, [NotNullWhen(true)] out string? token)
    {
        if (_sparse is not null)
        {
            return _sparse.TryGetValue(id, out token);
        }

        token = (uint)id < (uint)_dense.Length ? _dense[id] : null;
        return token is not null;
    }
}
