using System.Buffers.Binary;
using System.Text;

namespace Gptx.Tests.Checkpoints;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gptx-test-").FullName;

    public string this[string name] => System.IO.Path.Join(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>A safetensors file with this header and as many zero bytes of data.</summary>
    public string WriteSafetensors(string header, int dataLength, string name = "model.safetensors") => Write(name, Safetensors(header, dataLength));

    public static byte[] Safetensors(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>What every refusal must be: our exception, of this id, on one printable line that names the file.</summary>
internal static class Refusal
{
    public static GptxException Expect(string errorId, Action action)
    {
        var error = Assert.Throws<GptxException>(action);
        Assert.Equal(errorId, error.ErrorId);
        AssertPresentable(error);
        return error;
    }

    public static void AssertPresentable(GptxException error)
    {
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.True(error.Message.Length < 1000, $"{error.Message.Length} characters: {error.Message}");
    }
}
