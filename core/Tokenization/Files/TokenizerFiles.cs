using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>Finds a tokenizer's files and reads them.</summary>
internal static class TokenizerFiles
{
    private const string Json = "tokenizer.json";
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const string Lines = "vocab.txt";
    private const string Config = "tokenizer_config.json";
    private const long LargestFile = 1L << 30;

    public static bool TryFind(string folder, [NotNullWhen(true)] out string? file)
    {
        string json = Path.Combine(folder, Json);
        string vocabulary = Path.Combine(folder, Vocabulary);
        string lines = Path.Combine(folder, Lines);
        file = File.Exists(json) ? json
            : File.Exists(vocabulary) && File.Exists(Path.Combine(folder, Merges)) ? vocabulary
            : File.Exists(lines) ? lines
            : null;
        return file is not null;
    }

    public static Tokenizer Load(string fileOrFolder)
    {
        string? file = File.Exists(fileOrFolder) ? fileOrFolder : null;
        if (file is null && !TryFind(fileOrFolder, out file))
        {
            throw TokenizerErrors.NotFound(fileOrFolder, $"a {Json}, or a folder with {Json}, with {Vocabulary} and {Merges}, or with {Lines}");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (Path.GetFileName(file) is not (Vocabulary or Merges or Lines))
        {
            return TokenizerJson.Read(Content(file), file);
        }

        TokenizerFile? config = File.Exists(Path.Combine(folder, Config)) ? ContentOf(folder, Config) : null;
        if (Path.GetFileName(file) == Lines)
        {
            return VocabularyText.Read(ContentOf(folder, Lines), config);
        }

        return VocabularyAndMerges.Read(ContentOf(folder, Vocabulary), ContentOf(folder, Merges), config);
    }

    /// <summary>Reads a tokenizer.json, by its path or its folder's.</summary>
    public static TokenizerFile OpenJson(string fileOrFolder)
    {
        string file = File.Exists(fileOrFolder) ? fileOrFolder : Path.Combine(fileOrFolder, Json);
        return File.Exists(file)
            ? new TokenizerFile(file, Content(file))
            : throw TokenizerErrors.NotFound(fileOrFolder, $"a {Json}, or a folder with one");
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
