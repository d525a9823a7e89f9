using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Gptx.Analyses;

namespace Gptx.PowerShell;

/// <summary>Objects of a pipeline as rows: all have a vector, or all a text.</summary>
internal sealed class PipelineRows
{
    private readonly List<(RowLabel Label, float[] Vector)> _vectors = [];
    private readonly List<AnalysedText> _texts = [];
    private readonly List<PSObject> _objects = [];
    private string? _model;

    /// <summary>The objects.</summary>
    public IReadOnlyList<PSObject> Objects => _objects;

    /// <summary>Whether they have vectors.</summary>
    public bool AreVectors => _vectors.Count > 0;

    /// <summary>Their vectors.</summary>
    public MemoryRows Rows => new("the input", VectorOrigin.Unknown with { Model = _model }, _vectors);

    /// <summary>Their texts.</summary>
    public IReadOnlyList<AnalysedText> Texts => _texts;

    /// <summary>Takes an object.</summary>
    /// <exception cref="GptxException"><c>TextMissing</c>; <c>VectorUnreadable</c>; <c>ModelMismatch</c>; <c>InputMixed</c>.</exception>
    public void Add(PSObject? item, string? property, string? idProperty, IReadOnlyList<string> keep)
    {
        var label = new RowLabel(Id(item, idProperty), null) { Kept = item is null ? [] : [.. keep.Select(name => (name, Value: Value(item, name))).Where(kept => kept.Value is not null).Select(kept => KeyValuePair.Create(kept.name, ObjectJson.Of(kept.Value)))] };
        if (property is null && item is not null && Value(item, "Vector") is not null)
        {
            AddVector(item, label);
        }
        else
        {
            RequireUnmixed(_vectors.Count == 0);
            _texts.Add(new AnalysedText(label with { Text = InputText.Of(item, property) }, _texts.Count + 1));
        }

        _objects.Add(item!);
    }

    private void AddVector(PSObject item, RowLabel label)
    {
        RequireUnmixed(_texts.Count == 0);
        var vector = InputVector.Of(item, _vectors.Count);
        var model = vector.Model.Length == 0 ? null : vector.Model;
        if (model is not null && _model is not null && model != _model)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "ModelMismatch", $"the vector of '{vector.Text}' is of model '{model}', the others of '{_model}': vectors of two models cannot be compared");
        }

        _model ??= model;
        _vectors.Add((label with { Text = vector.Text }, vector.Vector));
    }

    private object Id(PSObject? item, string? property)
    {
        var value = item is null ? null : Value(item, property ?? "RowId");
        return value switch
        {
            int number => (long)number,
            long number => number,
            string text => text,
            JsonElement json => $"{json}",
            null when property is not null => throw new GptxException(GptxErrorKind.InvalidInput, "RowUnreadable", $"the row cannot be read: it has no property '{property}'"),
            null => (long)_objects.Count,
            _ => $"{value}",
        };
    }

    private static void RequireUnmixed(bool isUnmixed)
    {
        if (!isUnmixed)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "InputMixed", "texts and vectors cannot be compared: give objects that all have a property Vector, or none");
        }
    }

    private static object? Value(PSObject item, string name)
    {
        var value = item.BaseObject is IDictionary table && table.Contains(name) ? table[name] : item.Properties[name]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }
}
