using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using Gptx.Help;

namespace Gptx.Tests.Module;

/// <summary>Every cmdlet keeps PowerShell's manners; read by reflection, so that no PowerShell is needed.</summary>
public class CmdletTests
{
    public static TheoryData<string> Names => [.. ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name)];

    private static HashSet<string> ApprovedVerbs { get; } =
    [
        .. new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(verbs => verbs.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void There_are_the_cmdlets_of_the_design() => Assert.Equal(
        [
            "Close-LanguageModel", "Compare-LanguageModel", "Convert-LanguageModel", "ConvertFrom-Token", "ConvertTo-Projection", "Export-Figure", "Find-DuplicateText", "Find-LanguageModel", "Find-NearestVector", "Find-NearestWord", "Find-OddWord",
            "Find-SimilarText", "Find-UnusualText",
            "Find-WordAnalogy", "Get-Activation", "Get-AttentionMap", "Get-GptxEnvironment", "Get-HiddenState", "Get-LanguageModel", "Get-LogitAttribution",
            "Get-LogitLens", "Get-MaskedToken", "Get-NextToken", "Get-PositionEmbedding", "Get-TextAnswer", "Get-TextClass", "Get-TextEmbedding", "Get-Token",
            "Get-TokenClass", "Get-TokenEmbedding", "Get-Tokenizer", "Group-Vector", "Invoke-TextGeneration", "Measure-Ablation", "Measure-ActivationPatch",
            "Measure-AttentionHead", "Measure-TextDrift", "Measure-TokenSurprisal", "Measure-VectorSimilarity", "Measure-Weight", "Measure-WordAnalogy", "Measure-WordSimilarity", "Merge-TextJob", "New-Tokenizer", "Remove-LanguageModel",
            "Save-LanguageModel", "Show-Attention", "Test-LanguageModel",
        ],
        ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_an_approved_verb_and_a_singular_noun(string name)
    {
        var cmdlet = Find(name);
        Assert.Contains(cmdlet.Verb, ApprovedVerbs);
        Assert.False(cmdlet.Noun.EndsWith('s') && !cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal) && !cmdlet.Noun.EndsWith("Lens", StringComparison.Ordinal), $"{cmdlet.Noun} is a plural");
        Assert.True(cmdlet.Type.IsSealed);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_it_writes(string name) => Assert.NotEmpty(Find(name).OutputTypes);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameter_sets_can_be_told_apart(string name)
    {
        var cmdlet = Find(name);
        string[] sets = [.. cmdlet.Parameters.Select(parameter => parameter.Set).OfType<string>().Distinct()];
        if (sets.Length > 1)
        {
            Assert.Contains(cmdlet.DefaultSet, sets);
        }

        // A set is known by a mandatory parameter that no other has.
        foreach (var set in sets)
        {
            Assert.Contains(cmdlet.Parameters, parameter => parameter.Set == set && parameter.IsMandatory
                && !cmdlet.Parameters.Any(other => other.Name == parameter.Name && other.Set != set));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Positions_and_the_pipeline_are_each_taken_once_a_set(string name)
    {
        var cmdlet = Find(name);
        foreach (var set in cmdlet.Parameters.Select(parameter => parameter.Set).Distinct())
        {
            ParameterFacts[] ofSet = [.. cmdlet.Parameters.Where(parameter => parameter.Set is null || parameter.Set == set)];
            int[] positions = [.. ofSet.Select(parameter => parameter.Position).OfType<int>()];
            Assert.Equal(positions.Distinct(), positions);
            Assert.True(ofSet.Count(parameter => parameter.IsByValue) <= 1, $"{name} takes the pipeline by value twice");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_comes_by_property_name_is_on_an_object_of_another_cmdlet(string name)
    {
        foreach (var parameter in Find(name).Parameters.Where(parameter => parameter.IsByPropertyName))
        {
            string[] names = [parameter.Name, .. parameter.Aliases];
            Assert.True(
                ModuleFolder.Cmdlets.Where(other => other.Name != name).SelectMany(other => other.OutputTypes).Any(type => names.Any(each => type.GetProperty(each) is not null)),
                $"no cmdlet writes objects with a property {parameter.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameter_names_are_pascal_case_and_unique_with_their_aliases(string name)
    {
        string[] names = [.. Find(name).Parameters.DistinctBy(parameter => parameter.Name).SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))];
        Assert.All(names, each => Assert.True(char.IsAsciiLetterUpper(each[0]), each));
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_writes_is_a_useful_text_too(string name) => Assert.All(
        Find(name).OutputTypes.Where(type => type.Namespace!.StartsWith("Gptx", StringComparison.Ordinal)),
        type => Assert.True(
            type.GetMethod(nameof(ToString), Type.EmptyTypes)!.GetCustomAttribute<CompilerGeneratedAttribute>() is null, $"{type} has no ToString() of its own"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Places_in_a_model_are_completed(string name) => Assert.All(
        Find(name).Parameters.Where(parameter => parameter.Name is "Model" or "Device" or "Block" or "Head" or "Layer"),
        parameter => Assert.True(AttributeFacts.Find(parameter.Property, "ArgumentCompleterAttribute") is not null, $"{name} -{parameter.Name} completes nothing"));

    [Fact]
    public void Vectors_that_are_written_can_be_read_back_by_the_searches()
    {
        Type[] withVectors = [.. ModuleFolder.Cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes).Where(type => type.GetProperty("Vector") is not null).Distinct()];
        Assert.True(withVectors.Length >= 4);
        Assert.All(withVectors, type =>
        {
            Assert.Equal(typeof(float[]), type.GetProperty("Vector")!.PropertyType);
            Assert.NotNull(type.GetProperty("Text") ?? type.GetProperty("Position"));
            Assert.Equal(typeof(string), type.GetProperty("Model")!.PropertyType);
        });
    }

    private static CmdletFacts Find(string name) => ModuleFolder.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
