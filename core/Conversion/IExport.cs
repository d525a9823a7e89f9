namespace Gptx.Conversion;

/// <summary>A checkpoint on its way into another format.</summary>
internal interface IExport
{
    /// <summary>Bytes of weights that will be written.</summary>
    long Bytes { get; }

    /// <summary>The types in which they will be stored.</summary>
    IReadOnlyList<string> StoredAs { get; }

    /// <summary>Number of tensors.</summary>
    int Tensors { get; }

    /// <summary>What a person should know.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What config.json says in addition.</summary>
    IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> ConfigEntries { get; }

    /// <summary>Writes all into one file.</summary>
    void WriteFile(Stream stream);

    /// <summary>Writes the files with weights and graph into a folder; each stream with weights is wrapped first.</summary>
    void WriteFolder(string folder, Func<Stream, Stream> wrap);
}
