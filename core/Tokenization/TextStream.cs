namespace Gptx.Tokenization;

/// <summary>Encodes a text block by block as it is read; blocks end where a cut makes no difference.</summary>
internal sealed class TextStream(TextPipeline pipeline, WorkspacePool workspaces, IdFrame frame)
{
    private const int BlockLength = 1 << 16;

    // Places are not wanted, and those of a very long text do not fit an int: all that counts is whether a block is the first.
    private const int SomewhereBehind = 1;

    public IEnumerable<int> Encode(TextReader reader)
    {
        foreach (int id in frame.Before)
        {
            yield return id;
        }

        var ids = new List<int>();
        char[] block = new char[BlockLength];
        int filled = 0;
        bool isFirst = true;
        bool isLast;
        do
        {
            filled += reader.ReadBlock(block, filled, block.Length - filled);
            isLast = filled < block.Length;
            int length = isLast ? filled : pipeline.Cuts.LastInStream(block);
            if (length == 0 && !isLast)
            {
                Array.Resize(ref block, 2 * block.Length);
                continue;
            }

            Encode(block.AsSpan(0, length), isFirst, ids);
            foreach (int id in ids)
            {
                yield return id;
            }

            block.AsSpan(length, filled - length).CopyTo(block);
            filled -= length;
            isFirst = false;
        }
        while (!isLast);

        foreach (int id in frame.Behind)
        {
            yield return id;
        }
    }

    private void Encode(ReadOnlySpan<char> block, bool isFirst, List<int> ids)
    {
        ids.Clear();
        Workspace workspace = workspaces.Rent();
        try
        {
            workspace.Arena.KeepsSources = pipeline.ReadsSources;
            ReadOnlySpan<char> text = WellFormedText.Is(block) ? block : WellFormedText.Of(block.ToString());
            pipeline.Run(text, isFirst ? 0 : SomewhereBehind, encodeSpecialTokens: false, workspace.Arena, workspace.Ids);
            ids.AddRange(workspace.Ids.Ids.Span);
        }
        finally
        {
            workspaces.Return(workspace);
        }
    }
}
