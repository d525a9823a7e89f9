namespace Gptx.Tokenization;

/// <summary>What one text at a time is encoded in: the cache of pieces and the memory of all stages.</summary>
internal sealed class Workspace
{
    public Workspace(ITokenizerModel model, bool inBytes)
    {
        Encoder = new PieceEncoder(model, inBytes);
        Ids = new IdSink(Encoder);
    }

    public PieceEncoder Encoder { get; }

    public IdSink Ids { get; }

    public TextArena Arena { get; } = new();

    public List<TokenEntry> Entries { get; private set; } = [];

    /// <summary>Forgets the last text, and gives up memory that is large.</summary>
    public void Clear()
    {
        const int MostKept = 1 << 16;
        Ids.Ids.Clear();
        Arena.Clear();
        Entries.Clear();
        Entries = Entries.Capacity > MostKept ? [] : Entries;
    }
}

/// <summary>Workspaces that wait for a text, at most one for each processor.</summary>
internal sealed class WorkspacePool(Func<Workspace> make)
{
    private readonly Workspace?[] _spare = new Workspace?[Environment.ProcessorCount];

    public Workspace Rent()
    {
        foreach (ref Workspace? slot in _spare.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } workspace)
            {
                return workspace;
            }
        }

        return make();
    }

    public void Return(Workspace workspace)
    {
        workspace.Clear();
        foreach (ref Workspace? slot in _spare.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, workspace, null) is null)
            {
                return;
            }
        }
    }
}
