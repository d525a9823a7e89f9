using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>The tensors that lie inside of nodes: in attributes, and in the graphs of branches and loops. How deep they nest is bounded by protobuf's reader.</summary>
internal static class NestedTensors
{
    /// <summary>Those of some nodes.</summary>
    public static IEnumerable<TensorProto> In(IEnumerable<NodeProto> nodes) => nodes.SelectMany(node => node.Attribute).SelectMany(Of);

    /// <summary>Those of a sparse tensor.</summary>
    public static IEnumerable<TensorProto> Of(SparseTensorProto sparse) =>
        ((TensorProto?[])[sparse.Values, sparse.Indices]).OfType<TensorProto>();

    private static IEnumerable<TensorProto> Of(AttributeProto attribute)
    {
        IEnumerable<TensorProto> own = attribute.T is { } tensor ? [tensor, .. attribute.Tensors] : attribute.Tensors;
        var sparse = attribute.SparseTensor is { } one ? attribute.SparseTensors.Append(one) : attribute.SparseTensors;
        var graphs = attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs;
        return own.Concat(sparse.SelectMany(Of)).Concat(graphs.SelectMany(Of));
    }

    private static IEnumerable<TensorProto> Of(GraphProto graph) => graph.Initializer.Concat(graph.SparseInitializer.SelectMany(Of)).Concat(In(graph.Node));
}
