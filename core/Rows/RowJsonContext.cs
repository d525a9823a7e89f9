using System.Text.Json.Serialization;

namespace Gptx.Rows;

/// <summary>How values of rows become JSON without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(bool))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
