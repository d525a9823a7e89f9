using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>A token that a post-processor puts in, with the name and the id that its file gives it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NamedToken(string Name, int Id)
{
    /// <summary>The window, and what overflowed from it, between two tokens (or with the second only).</summary>
    public static TokenWindow Enclose(TokenWindow window, NamedToken? before, NamedToken after, int typeId)
    {
        List<TokenEntry> tokens = [];
        if (before is { } first)
        {
            tokens.Add(TokenEntry.Template(first.Id, first.Name, typeId));
        }

        foreach (TokenEntry entry in window.Tokens)
        {
            tokens.Add(entry with { IsSpecial = false });
        }

        tokens.Add(TokenEntry.Template(after.Id, after.Name, typeId));
        return new TokenWindow(window.Source, tokens)
        {
            Overflowing = [.. window.Overflowing.Select(other => Enclose(other, before, after, typeId))],
        };
    }
}
