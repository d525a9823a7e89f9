namespace Gptx.Tokenization;

/// <summary>What is shown of each token beside its id, found once.</summary>
internal sealed class TokenLooks(Vocabulary vocabulary)
{
    // Ids may be sparse; higher ones are looked up each time.
    private const int MostKept = 1 << 20;

    private Look?[] _looks = new Look?[256];

    /// <summary>The look of an id; null where no token has it.</summary>
    public Look? Of(int id)
    {
        Look?[] looks = _looks;
        return (uint)id < (uint)looks.Length && looks[id] is { } known ? known : Find(id);
    }

    private Look? Find(int id)
    {
        if (!vocabulary.Contains(id))
        {
            return null;
        }

        var look = new Look(vocabulary.TextOf(id), vocabulary.IsSpecial(id));
        if ((uint)id < MostKept)
        {
            Keep(id, look);
        }

        return look;
    }

    // What another thread keeps at the same time may be lost, and is then found again.
    private void Keep(int id, Look look)
    {
        Look?[] looks = _looks;
        if (id >= looks.Length)
        {
            Array.Resize(ref looks, Math.Max(id + 1, 2 * looks.Length));
        }

        looks[id] = look;
        _looks = looks;
    }

    /// <summary>A token's text by itself, and whether it is special.</summary>
    internal sealed record Look(string Text, bool IsSpecial);
}
