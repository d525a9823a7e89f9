using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>Nodes with those of the graphs of branches and loops inside of them. How deep they nest is bounded by protobuf's reader.</summary>
internal static class NestedNodes
{
    /// <summary>Some nodes and all that lie inside of them.</summary>
    public static IEnumerable<NodeProto> In(IEnumerable<NodeProto> nodes) => nodes.SelectMany(node => node.Attribute.SelectMany(In).Prepend(node));

    private static IEnumerable<NodeProto> In(AttributeProto attribute) =>
        (attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs).SelectMany(inner => In(inner.Node));
}
