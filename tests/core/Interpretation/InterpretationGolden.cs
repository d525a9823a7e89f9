using System.Text.Json;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Interpretation;

/// <summary>One checkpoint of the reference data for what is inside a transformer, with its part of golden.json.</summary>
internal sealed class InterpretationGolden : IDisposable
{
    private readonly JsonDocument _json;

    private InterpretationGolden(string folder)
    {
        Folder = folder;
        Model = LanguageModel.Load(folder, new LoadOptions { Device = Device.Cpu });
        _json = JsonDocument.Parse(File.ReadAllText(Path.Join(Path.GetDirectoryName(folder), "golden.json")));
    }

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    public LanguageModel Model { get; }

    public JsonElement Golden => _json.RootElement.GetProperty("checkpoints").GetProperty(Name);

    /// <summary>Every case whose architecture can be run; a test without one is skipped.</summary>
    public static IEnumerable<InterpretationGolden> All()
    {
        var folders = GoldenRoot.CaseFolders("interpretation")
            .Where(folder => ArchitectureCatalog.ModelTypes.Contains(ModelConfig.Read(Path.Join(folder, "config.json")).ModelType))
            .ToList();
        Assert.SkipWhen(folders.Count == 0, "No case of an architecture that can be run.");
        foreach (var folder in folders)
        {
            using var golden = new InterpretationGolden(folder);
            yield return golden;
        }
    }

    /// <summary>What the reference says of each sequence alone, by its name.</summary>
    public IEnumerable<JsonProperty> Sequences => Golden.GetProperty("by_sequence").EnumerateObject();

    /// <summary>The tensors of the reference's findings; the caller disposes them.</summary>
    public SafetensorsFile Findings() => SafetensorsFile.Open(Path.Join(Folder, "findings.safetensors"));

    /// <summary>The rows of the batch that interventions are measured on.</summary>
    public IReadOnlyList<TokenSequence> Batch => [.. Golden.GetProperty("batch").EnumerateArray().Select(name => Text(name.GetString()!))];

    public TokenSequence Text(string sequence) => TokenSequence.FromIds(Model, Ids(sequence));

    public int[] Ids(string sequence) => Golden.GetProperty("sequences").GetProperty(sequence).Deserialize<int[]>()!;

    public void Dispose()
    {
        Model.Dispose();
        _json.Dispose();
    }
}
