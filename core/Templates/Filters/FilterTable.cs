using System.Collections.Frozen;

namespace Gptx.Templates;

/// <summary>What a filter does with the value before the bar and its arguments.</summary>
internal delegate TemplateValue TemplateFilter(TemplateValue value, CallArguments arguments, Rendering run);

/// <summary>All filters by name: those of Jinja 3.1, and <c>tojson</c> as transformers has it.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, TemplateFilter> Filters = new Dictionary<string, TemplateFilter>([
        .. TextFilters.All, .. LayoutFilters.All, .. HtmlFilters.All, .. NumberFilters.All, .. SequenceFilters.All, .. SortFilters.All, .. SelectionFilters.All, .. MappingFilters.All, .. JsonFilter.All,
    ]).ToFrozenDictionary(StringComparer.Ordinal);

    public static TemplateFilter? Find(string name) => Filters.GetValueOrDefault(name);
}
