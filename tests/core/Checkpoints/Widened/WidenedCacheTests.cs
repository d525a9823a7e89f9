using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public sealed class WidenedCacheTests : IDisposable
{
    private const int Q8 = 8;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Files => Path.Join(_folder["cache"], "widened");

    [Fact]
    public void What_was_kept_is_found_by_content_and_nothing_else()
    {
        using var cache = new WidenedCache(_folder["cache"]);
        using var one = Tensor("one.gguf", seed: 1);
        using var moved = Tensor("moved/two.gguf", seed: 1);
        using var other = Tensor("other.gguf", seed: 2);
        Keep(cache, one.GetTensor("w"));
        Assert.Equal(one.GetTensor("w").ReadSingles(), cache.Find(moved.GetTensor("w"), out _)!.ReadSingles());
        Assert.Null(cache.Find(other.GetTensor("w"), out _));
        Assert.Null(cache.Find(one.GetTensor("w").As("w", RowOrder.OfRotaryPairs(4)), out var key));
        Assert.NotNull(key);
        Assert.NotNull(WidenedKey.Of(one.GetTensor("w").As("w", RowOrder.OfRotaryPairs(8))));
        Assert.NotEqual(key, WidenedKey.Of(one.GetTensor("w").As("w", RowOrder.OfRotaryPairs(8))));
        Assert.Null(WidenedKey.Of(one.GetTensor("w").As("w", new RowOrder(row => row))));
        Assert.Null(cache.Find(one.GetTensor("small"), out var none));
        Assert.Null(none);
    }

    [Fact]
    public void A_damaged_or_foreign_file_is_never_used()
    {
        using var file = Tensor("one.gguf", seed: 1);
        var tensor = file.GetTensor("w");
        foreach (var damage in (Action<string>[])[Flip, Shorten, Empty, path => File.WriteAllText(path, "no cache's"), Swap])
        {
            using var cache = new WidenedCache(_folder["cache"]);
            Keep(cache, tensor);
            var path = Directory.EnumerateFiles(Files).Single();
            damage(path);
            Assert.Null(cache.Find(tensor, out var key));
            Assert.False(File.Exists(path));
            Keep(cache, tensor);
            Assert.Equal(tensor.ReadSingles(), cache.Find(tensor, out key)!.ReadSingles());
            cache.Remove();
        }

        static void Flip(string path)
        {
            var bytes = File.ReadAllBytes(path);
            bytes[^7] ^= 1;
            File.WriteAllBytes(path, bytes);
        }

        static void Shorten(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);

        static void Empty(string path) => File.WriteAllBytes(path, []);

        // The file of another tensor of the same size, under this one's name.
        void Swap(string path)
        {
            using var other = Tensor("other.gguf", seed: 2);
            using var elsewhere = new WidenedCache(_folder["elsewhere"]);
            Keep(elsewhere, other.GetTensor("w"));
            File.Copy(Directory.EnumerateFiles(Path.Join(_folder["elsewhere"], "widened")).Single(), path, overwrite: true);
        }
    }

    [Fact]
    public void It_is_bounded_and_what_was_used_longest_ago_goes()
    {
        using var cache = new WidenedCache(_folder["cache"], 2_400_000); // room for two
        using var one = Tensor("one.gguf", seed: 1);
        using var two = Tensor("two.gguf", seed: 2);
        using var three = Tensor("three.gguf", seed: 3);
        Keep(cache, one.GetTensor("w"));
        Keep(cache, two.GetTensor("w"));
        foreach (var (path, index) in Directory.EnumerateFiles(Files).Select((path, index) => (path, index)))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2 - index));
        }

        Assert.NotNull(cache.Find(one.GetTensor("w"), out _)); // now it is the one used last
        Keep(cache, three.GetTensor("w"));
        Assert.NotNull(cache.Find(one.GetTensor("w"), out _));
        Assert.Null(cache.Find(two.GetTensor("w"), out _));
        Assert.NotNull(cache.Find(three.GetTensor("w"), out _));
        using var none = new WidenedCache(_folder["none"], 1000);
        Keep(none, one.GetTensor("w"));
        Assert.Empty(none.List());
    }

    [Fact]
    public void It_is_listed_and_removed_by_source()
    {
        using var cache = new WidenedCache(_folder["cache"]);
        using var one = Tensor("one.gguf", seed: 1);
        using var two = Tensor("two.gguf", seed: 2);
        Keep(cache, one.GetTensor("w"));
        Keep(cache, two.GetTensor("w"));
        var listed = cache.List();
        Assert.Equal([one.ResolvedPath, two.ResolvedPath], listed.Select(model => model.Source).Order(StringComparer.Ordinal));
        Assert.All(listed, model => Assert.True(model is { Tensors: 1, Bytes: > 1_000_000 }));
        Assert.Equal(0, cache.RemoveGone(_folder.Path));
        Assert.Equal(listed[0].Bytes, cache.Remove(listed[0].Source));
        Assert.Equal(listed[1].Source, Assert.Single(cache.List()).Source);
        Assert.True(cache.Remove() > 0);
        Assert.Empty(cache.List());
    }

    [Fact]
    public void Where_nothing_can_be_written_it_says_so_once_and_goes_on()
    {
        var said = new List<string>();
        _folder.Write("file", "no folder");
        using var cache = new WidenedCache(_folder["file"], warn: said.Add);
        using var one = Tensor("one.gguf", seed: 1);
        Keep(cache, one.GetTensor("w"));
        Keep(cache, one.GetTensor("w"));
        Assert.Contains("not kept", Assert.Single(said), StringComparison.Ordinal);
        Assert.Null(cache.Find(one.GetTensor("w"), out _));
        Assert.Empty(cache.List());
    }

    [Fact]
    public void Many_at_once_keep_and_find_the_same()
    {
        using var one = Tensor("one.gguf", seed: 1);
        var expected = one.GetTensor("w").ReadSingles();
        Parallel.For(0, 16, _ =>
        {
            using var cache = new WidenedCache(_folder["cache"]);
            Keep(cache, one.GetTensor("w"));
            Assert.Equal(expected, cache.Find(one.GetTensor("w"), out var key)!.ReadSingles());
        });
        Assert.Single(Directory.EnumerateFileSystemEntries(Files));
    }

    [Fact]
    public void The_environment_says_where_and_how_much()
    {
        using var cache = WidenedCache.FromEnvironment(variable: Variables(("GPTX_CACHE", _folder["mine"])));
        using var one = Tensor("one.gguf", seed: 1);
        Keep(cache!, one.GetTensor("w"));
        Assert.Single(Directory.EnumerateFiles(Path.Join(_folder["mine"], "widened")));
        Assert.Null(WidenedCache.FromEnvironment(variable: Variables(("GPTX_CACHE_SIZE", "0"))));
        Assert.Equal("OptionOutOfRange", Assert.Throws<GptxException>(() => WidenedCache.FromEnvironment(variable: Variables(("GPTX_CACHE_SIZE", "much")))).ErrorId);
        Assert.Equal(Path.GetFullPath("/x/gptx"), OperatingSystem.IsLinux() ? CacheFolder.Find(Variables(("XDG_CACHE_HOME", "/x"))) : Path.GetFullPath("/x/gptx"));

        static Func<string, string?> Variables(params (string Name, string Value)[] given) => name => given.FirstOrDefault(variable => variable.Name == name).Value;
    }

    private static void Keep(WidenedCache cache, CheckpointTensor tensor)
    {
        if (cache.Find(tensor, out var key) is not null)
        {
            return;
        }

        var values = tensor.ReadSingles();
        var pinned = GCHandle.Alloc(values, GCHandleType.Pinned);
        cache.Keep(tensor, key, pinned.AddrOfPinnedObject());
        pinned.Free();
    }

    /// <summary>A GGUF file with a tensor "w" of 512 x 512 in Q8_0, and a small one.</summary>
    private GgufFile Tensor(string name, int seed)
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        return GgufFile.Open(_folder.Write(name, new GgufBytes().Tensor("w", [512, 512], Q8, Blocks(8192)).Tensor("small", [32, 2], Q8, Blocks(2)).ToArray()));

        byte[] Blocks(int count)
        {
            var bytes = new byte[34 * count];
            random.NextBytes(bytes);
            for (var block = 0; block < count; block++)
            {
                BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(34 * block), (Half)random.NextSingle());
            }

            return bytes;
        }
    }
}
