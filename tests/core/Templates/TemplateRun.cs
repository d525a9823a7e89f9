using Gptx.Templates;

namespace Gptx.Tests.Templates;

/// <summary>Renders a template without variables.</summary>
internal static class TemplateRun
{
    public static string Text(string source, TemplateLimits? limits = null, TimeProvider? clock = null) =>
        Template.Parse(source, limits ?? TemplateLimits.Default).Render(_ => [], clock ?? TimeProvider.System, TestContext.Current.CancellationToken).Text;

    public static GptxException Error(string source, TemplateLimits? limits = null) => Assert.Throws<GptxException>(() => Text(source, limits));
}
