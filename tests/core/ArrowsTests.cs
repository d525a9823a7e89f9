using System.Reflection;
using System.Text.RegularExpressions;

namespace Gptx.Tests;

/// <summary>Which stage may know which: the arrows of the design, held by what the sources say and by what the assembly shows.</summary>
public partial class ArrowsTests
{
    /// <summary>
    /// Each stage and those that it may name. A stage sees with another what that one shows: architectures show graphs and activations, a language
    /// model its checkpoint, tokenizer, sizes and activations.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Tokenization"] = [],
        ["Checkpoints"] = [],
        ["Graphs"] = [],
        ["Activations"] = [],
        ["Templates"] = [],
        ["Chat"] = ["Templates"],
        ["Architectures"] = ["Graphs", "Checkpoints", "Activations"],
        ["Onnx"] = ["Graphs", "Checkpoints"],
        ["Inference"] = ["Architectures", "Onnx", "Graphs", "Checkpoints", "Activations", "Tokenization", "Chat"],
        ["Generation"] = ["Inference", "Activations", "Tokenization", "Checkpoints", "Chat"],
        ["Embeddings"] = ["Inference", "Checkpoints", "Activations"],
        ["Prediction"] = ["Inference", "Architectures", "Activations", "Tokenization", "Checkpoints"],
        ["Interpretation"] = ["Inference", "Activations", "Graphs", "Checkpoints"],
        ["Rows"] = [],
        ["Jobs"] = ["Rows", "Inference", "Generation", "Embeddings", "Prediction", "Interpretation", "Tokenization", "Checkpoints"],
        ["Conversion"] = ["Inference", "Architectures", "Graphs", "Checkpoints", "Tokenization", "Activations"],
        ["Projection"] = [],
        ["Grouping"] = ["Projection"],
        ["Analyses"] = ["Rows", "Jobs", "Inference", "Interpretation", "Embeddings", "Projection", "Grouping", "Checkpoints"],
        ["Figures"] = [],
        ["Illustrations"] = ["Figures", "Analyses", "Projection", "Grouping", "Inference", "Generation", "Embeddings", "Interpretation", "Checkpoints"],
    };

    private static string Core => Path.Join(GoldenRoot.RepositoryRoot, "core");

    private static IEnumerable<(string Stage, string Path, string Text)> Sources => Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories)
        .Select(path => (Stage: Path.GetRelativePath(Core, path).Split(Path.DirectorySeparatorChar)[0], path))
        .Where(file => file.Stage is not ("bin" or "obj" or "onnxruntime" or "npm"))
        .Select(file => (file.Stage, file.path, WithoutComments(File.ReadAllText(file.path))));

    [Fact]
    public void A_stage_names_only_those_before_it()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var (stage, path, text) in Sources.Where(source => !source.Stage.EndsWith(".cs", StringComparison.Ordinal)))
        {
            Assert.True(Allowed.ContainsKey(stage), $"the stage {stage} is not in this test: say which stages it may know");
            var named = StageName().Matches(text).Select(match => match.Groups["stage"].Value)
                .Concat(RelativeName().Matches(text).Select(match => match.Groups["stage"].Value))
                .Where(Allowed.ContainsKey);
            wrong.AddRange(named.Except([stage, .. Allowed[stage]]).Select(other => $"{Path.GetRelativePath(Core, path)} names {other}"));
            Assert.Matches($@"namespace Gptx\.{stage}\b", text);
            count++;
        }

        Assert.Empty(wrong);
        Assert.True(count > 100, $"only {count} sources were looked at");
    }

    [Fact]
    public void What_lies_beside_the_stages_knows_none_of_them() =>
        Assert.All(Sources.Where(source => source.Stage.EndsWith(".cs", StringComparison.Ordinal)), source => Assert.Empty(StageName().Matches(source.Text)));

    [Fact]
    public void The_arrows_run_one_way()
    {
        var left = Allowed.ToDictionary(stage => stage.Key, stage => stage.Value.ToList(), StringComparer.Ordinal);
        while (left.FirstOrDefault(stage => stage.Value.Count == 0) is { Key: { } first })
        {
            left.Remove(first);
            Assert.All(left.Values, others => others.Remove(first));
        }

        Assert.Empty(left);
    }

    [Fact]
    public void Only_one_stage_touches_onnx_runtime() => Assert.All(
        Sources.Where(source => source.Stage != "Onnx"),
        source => Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", source.Text, StringComparison.Ordinal));

    [Fact]
    public void No_type_of_onnx_runtime_protobuf_or_powershell_is_public()
    {
        var foreign = (string[])["Microsoft.ML.OnnxRuntime", "Google.Protobuf", "System.Management.Automation", "Spectre.Console"];
        var types = typeof(GptxException).Assembly.GetExportedTypes();
        Assert.DoesNotContain(types, type => type.Namespace == "Gptx.Onnx");
        Assert.All(types, type => Assert.All(Shown(type), shown => Assert.DoesNotContain(foreign, name => shown.FullName?.Contains(name, StringComparison.Ordinal) == true)));
    }

    [Fact]
    public void The_library_has_no_console_and_no_powershell()
    {
        var references = typeof(GptxException).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        Assert.DoesNotContain(references, name => name is "System.Console" or "Spectre.Console" or "System.CommandLine" or "System.Management.Automation");
    }

    /// <summary>Every type that a public type lets others see.</summary>
    private static IEnumerable<Type> Shown(Type type)
    {
        const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        var seen = methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType ?? type))
            .Concat(type.GetFields(Everything).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType))
            .Concat(type.GetInterfaces())
            .Append(type.BaseType ?? type);
        return seen.SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType
        ? Parts(type.GetElementType()!)
        : type.GetGenericArguments().Where(argument => !argument.IsGenericParameter).SelectMany(Parts).Append(type);

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    // using Gptx.Checkpoints; global::Gptx.Checkpoints.ElementType
    [GeneratedRegex(@"\bGptx\.(?<stage>[A-Z]\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StageName();

    // Inside the namespace Gptx a stage can be named by itself: Checkpoints.ElementType
    [GeneratedRegex(@"(?<![\w.])(?<stage>[A-Z]\w+)\.[A-Z]\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RelativeName();
}
