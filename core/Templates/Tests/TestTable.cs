using System.Collections.Frozen;

namespace Gptx.Templates;

/// <summary>What a test says of the value before <c>is</c>.</summary>
internal delegate bool TemplateTest(TemplateValue value, CallArguments arguments, Rendering run);

/// <summary>All tests of Jinja 3.1 by name.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, TemplateTest> Tests = new Dictionary<string, TemplateTest>([
        .. KindTests.All, .. NumberTests.All, .. ComparisonTests.All, .. NameTests.All,
    ]).ToFrozenDictionary(StringComparer.Ordinal);

    public static TemplateTest? Find(string name) => Tests.GetValueOrDefault(name);
}
