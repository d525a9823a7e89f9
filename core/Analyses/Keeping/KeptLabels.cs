using System.Text;
using System.Text.Json;
using Gptx.Jobs;

namespace Gptx.Analyses;

/// <summary>Labels of rows that are looked up again: in memory as long as they fit, else in a temporary file. What stays in memory is 8 bytes a row.</summary>
/// <param name="mostInMemory">The most bytes that are held in memory.</param>
internal sealed class KeptLabels(long mostInMemory) : IDisposable
{
    private readonly List<long> _starts = [];
    private Stream _stream = new MemoryStream();
    private bool _isFile;

    /// <summary>How many there are.</summary>
    public int Count => _starts.Count;

    /// <summary>Takes a label.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public void Add(RowLabel label)
    {
        var bytes = RowJson.Object(json =>
        {
            if (label.RowId is long number)
            {
                json.WriteNumber("i", number);
            }
            else
            {
                json.WriteString("i"u8, Encoding.UTF8.GetBytes($"{label.RowId}"));
            }

            if (label.Text is { } text)
            {
                json.WriteString("t"u8, Encoding.UTF8.GetBytes(text)); // half a surrogate pair becomes U+FFFD
            }

            foreach (var (name, value) in label.Kept)
            {
                json.WritePropertyName($"k{name}");
                value.WriteTo(json);
            }
        });
        if (!_isFile && _stream.Length + bytes.Length > Math.Min(mostInMemory, Array.MaxLength))
        {
            MoveToFile();
        }

        _starts.Add(_stream.Position);
        TemporaryFile.Write(_stream, bytes);
    }

    /// <summary>The label of a row.</summary>
    public RowLabel Of(int row)
    {
        var end = _stream.Length;
        var bytes = new byte[(int)((row + 1 < _starts.Count ? _starts[row + 1] : end) - _starts[row])];
        _stream.Position = _starts[row];
        _stream.ReadExactly(bytes);
        _stream.Position = end;
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        return new RowLabel(RowLabel.IdOf(root.GetProperty("i"), "", row), root.TryGetProperty("t", out var text) ? text.GetString() : null)
        {
            Kept = [.. root.EnumerateObject().Where(field => field.Name[0] == 'k').Select(field => KeyValuePair.Create(field.Name[1..], field.Value.Clone()))],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void MoveToFile()
    {
        var file = TemporaryFile.Make();
        var memory = _stream;
        TemporaryFile.Write(() =>
        {
            memory.Position = 0;
            memory.CopyTo(file);
        });
        memory.Dispose();
        (_stream, _isFile) = (file, true);
    }
}
