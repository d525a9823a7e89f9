using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_appears_alone()
    {
        AtomicFile.Write(_folder["a"], overwrite: false, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(_folder["a"]));
        Assert.Equal([_folder["a"]], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_writing_fails_nothing_is_left_and_the_old_file_stays(bool exists)
    {
        string[] before = exists ? [_folder.Write("a", "old")] : [];
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(_folder["a"], overwrite: true, stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            throw new InvalidDataException();
        }));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.All(before, path => Assert.Equal("old", File.ReadAllText(path)));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        var error = Refused("OutputNotWritable", () => AtomicFile.Write(_folder["a"], overwrite: true, _ => throw new IOException("No space left on device")));
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_on_request()
    {
        _folder.Write("a", "old");
        Refused("OutputExists", () => AtomicFile.Write(_folder["a"], overwrite: false, _ => Assert.Fail("not asked to write")));
        Assert.Equal("old", File.ReadAllText(_folder["a"]));
        AtomicFile.Write(_folder["a"], overwrite: true, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(_folder["a"]));
    }

    [Fact]
    public void A_file_that_appears_meanwhile_is_not_replaced()
    {
        Refused("OutputExists", () => AtomicFile.Write(_folder["a"], overwrite: false, _ => _folder.Write("a", "someone else's")));
        Assert.Equal("someone else's", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_in_place_of_a_file_are_refused()
    {
        Refused("OutputNotWritable", () => AtomicFile.Write(_folder["missing/a"], overwrite: true, _ => { }));
        Refused("OutputNotWritable", () => AtomicFile.Write(_folder.Path, overwrite: true, _ => { }));
        Refused("OutputNotWritable", () => AtomicFile.Write(_folder["a\0"], overwrite: true, _ => { }));
        _folder.Write("file", "");
        Refused("OutputNotWritable", () => AtomicFile.Write(_folder["file/a"], overwrite: true, _ => { }));
    }

    [Fact]
    public void A_link_is_followed_and_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        _folder.Write("target", "old");
        File.CreateSymbolicLink(_folder["link"], "target");
        Refused("OutputExists", () => AtomicFile.Write(_folder["link"], overwrite: false, _ => { }));
        AtomicFile.Write(_folder["link"], overwrite: true, stream => stream.Write("new"u8));
        Assert.Equal("target", new FileInfo(_folder["link"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(_folder["target"]));
    }

    [Fact]
    public void A_folder_without_write_permission_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind this user");
        if (!OperatingSystem.IsWindows())
        {
            var closed = Directory.CreateDirectory(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
            Refused("OutputNotWritable", () => AtomicFile.Write(Path.Join(closed, "a"), overwrite: true, _ => { }));
        }
    }

    [Fact]
    public void A_file_system_that_takes_no_files_is_refused()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "no /proc here");
        Refused("OutputNotWritable", () => AtomicFile.Write("/proc/self/a", overwrite: true, _ => { }));
    }

    [Fact]
    public void A_device_is_written_to_and_stays()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "no /dev/null here");
        AtomicFile.Write("/dev/null", overwrite: false, stream => stream.Write("gone"u8));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    private static GptxException Refused(string errorId, Action action)
    {
        var error = Refusal.Expect(errorId, action);
        Assert.Equal(GptxErrorKind.OutputNotWritable, error.Kind);
        return error;
    }
}
