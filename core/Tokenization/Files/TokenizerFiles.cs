using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>Finds a tokenizer's files and reads them.</summary>
internal static class TokenizerFiles
{
    private const string Json = "tokenizer.json";
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const long LargestFile = 1L << 30;

    public static bool TryFind(string folder, [NotNullWhen(true)] out string? file)
    {
        string json = Path.Combine(folder, Json);
        string vocabulary = Path.Combine(folder, Vocabulary);
        file = File.Exists(json) ? json
            : File.Exists(vocabulary) && File.Exists(Path.Combine(folder, Merges)) ? vocabulary
            : null;
        return file is not null;
    }

    public static Tokenizer Load(string fileOrFolder)
    {
        string? file = File.Exists(fileOrFolder) ? fileOrFolder : null;
        if (file is null && !TryFind(fileOrFolder, out file))
        {
            throw TokenizerErrors.NotFound(fileOrFolder, $"a {Json}, or a folder with {Json} or with {Vocabulary} and {Merges}");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (Path.GetFileName(file) is not (Vocabulary or Merges))
        {
            return TokenizerJson.Read(Content(file), file);
        }

        return VocabularyAndMerges.Read(
            ContentOf(folder, Vocabulary),
            ContentOf(folder, Merges),
            File.Exists(Path.Combine(folder, "tokenizer_config.json")) ? ContentOf(folder, "tokenizer_config.json") : null);
    }

    private static TokenizerFile ContentOf(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? new TokenizerFile(path, Content(path))
            : throw TokenizerErrors.NotFound(folder, $"{Vocabulary} and {Merges} beside each other");
    }

    private static ReadOnlyMemory<byte> Content(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw TokenizerErrors.Unreadable(path, $"{length} bytes are no tokenizer; at most {LargestFile} are read");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TokenizerErrors.Unreadable(path, $"the file cannot be read ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')})", error);
        }
    }
}

/// <summary>A file's path and its content.</summary>
internal sealed record TokenizerFile(string Path, ReadOnlyMemory<byte> Content);
