namespace Gptx.Templates;

/// <summary>Methods of tuples.</summary>
internal static class TupleMethods
{
    private static readonly MethodTable<TupleValue> Table = new(new()
    {
        ["count"] = (tuple, call, run) => SequenceMethods.Count(tuple.Items, call, "tuple.count", run),
        ["index"] = (tuple, call, run) => SequenceMethods.Index(tuple.Items, call, "tuple.index", run),
    });

    public static TemplateValue? Find(TupleValue tuple, string name) => Table.Find(tuple, name);
}
