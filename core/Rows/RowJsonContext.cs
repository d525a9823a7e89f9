using System.Text.Json.Serialization;

namespace Gptx.Rows;

/// <summary>The values of fields as JSON, without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(bool))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
