namespace Gptx.Templates;

/// <summary>What is done with text in more than one place.</summary>
internal static class TextFunctions
{
    /// <summary>What <c>ascii()</c> makes of a shown value: whatever is not ASCII as an escape.</summary>
    public static string Ascii(string shown, Rendering run)
    {
        if (System.Text.Ascii.IsValid(shown))
        {
            return shown;
        }

        var into = new BoundedText(run.Budget);
        foreach (var codePoint in PythonCharacters.CodePoints(shown))
        {
            into.Append(codePoint switch
            {
                < 0x80 => ((char)codePoint).ToString(),
                < 0x100 => $"\\x{codePoint:x2}",
                < 0x10000 => $"\\u{codePoint:x4}",
                _ => $"\\U{codePoint:x8}",
            });
        }

        return into.ToString();
    }
}
