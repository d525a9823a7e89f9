using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

/// <summary>A cache with the widened weights of one file.</summary>
internal static class WidenedFile
{
    /// <summary>Makes it, and the file, in a folder.</summary>
    /// <returns>The folder of caches, what GPTX_CACHE would say.</returns>
    public static unsafe string Keep(TemporaryFolder folder)
    {
        const uint Q8 = 8;
        using var file = GgufFile.Open(folder.Write("kept.gguf", new GgufBytes().Tensor("w", [512, 512], Q8, new byte[34 * 8192]).ToArray()));
        using var cache = new WidenedCache(folder["caches"]);
        var values = file.GetTensor("w").ReadSingles();
        Assert.Null(cache.Find(file.GetTensor("w"), out var key));
        fixed (float* start = values)
        {
            cache.Keep(file.GetTensor("w"), key, (nint)start);
        }

        return folder["caches"];
    }
}
