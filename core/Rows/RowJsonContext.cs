using System.Text.Json.Serialization;

namespace Gptx.Rows;

/// <summary>How values of rows become JSON without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
