namespace Gptx.Templates;

/// <summary>Methods of lists; those that would change one are refused.</summary>
internal static class ListMethods
{
    private static readonly MethodTable<ListValue> Table = new(
        new()
        {
            ["copy"] = (list, call, run) =>
            {
                call.Places("list.copy", 0, 0);
                run.Budget.List(list.Items.Count);
                return new ListValue([.. list.Items]);
            },
            ["count"] = (list, call, run) => SequenceMethods.Count(list.Items, call, "list.count", run),
            ["index"] = (list, call, run) => SequenceMethods.Index(list.Items, call, "list.index", run),
        },
        "append",
        "clear",
        "pop",
        "reverse",
        "insert",
        "sort",
        "extend",
        "remove");

    public static TemplateValue? Find(ListValue list, string name) => Table.Find(list, name);
}
