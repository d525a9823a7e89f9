using Gptx.Jobs;
using Gptx.Tests.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>Inputs that may not be read, and folders that may not be written to.</summary>
public class PermissionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rows.txt")]
    [InlineData("rows.jsonl")]
    [InlineData("rows.csv")]
    [InlineData("rows.txt.gz")]
    [InlineData("rows.parquet")]
    public void A_file_that_may_not_be_read_is_one_error_that_leaves_nothing(string name)
    {
        using var folder = Folder();
        var source = folder.Input(name, "text\n");
        Set(source.Path!, UnixFileMode.None);
        Assert.Contains(name, ReadRows.Refused("InputNotReadable", source).Message, StringComparison.Ordinal);
        Assert.Equal("InputNotReadable", Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), folder.Options(source)).Run(cancellation: Stop)).ErrorId);
        Set(source.Path!, UnixFileMode.UserRead);
        Assert.Equal([name], folder.Files().Keys);
    }

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.parquet")]
    [InlineData("out.db")]
    public void An_output_in_a_folder_that_may_not_be_written_to_is_one_error_that_leaves_nothing(string name)
    {
        using var folder = Folder();
        Directory.CreateDirectory(folder.Path("closed"));
        Set(folder.Path("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var error = Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), folder.Options(folder.Lines(20, seed: 1), $"closed/{name}")).Run(cancellation: Stop));
        Assert.Equal((GptxErrorKind.OutputNotWritable, "OutputNotWritable"), (error.Kind, error.ErrorId));
        Checkpoints.Refusal.AssertPresentable(error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path("closed")));
        Set(folder.Path("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static JobFolder Folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind this user");
        return new JobFolder();
    }

    private static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
