namespace Gptx.Tests.Tool;

/// <summary>gptx in a pipe: rows in on standard input, rows out on standard output, as Spark and shells run it.</summary>
public class PipeTests
{
    private const string Rows = "{\"id\":1,\"text\":\"a\"}\n{ no JSON\n{\"id\":3,\"text\":\"c\"}\n";

    [Fact]
    public void Rows_come_out_in_order_and_a_bad_one_is_told_with_its_number()
    {
        var run = Of(Rows);
        Assert.Equal(3, run.Code);
        Assert.Equal([1, 3], run.Lines.Select(row => row.GetProperty("rowId").GetInt32()));
        Assert.StartsWith("gptx: row 2: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 3)]
    [InlineData("1", 0)]
    [InlineData("33%", 3)]
    [InlineData("34%", 0)]
    public void So_many_bad_rows_can_be_accepted(string accepted, int code) => Assert.Equal(code, Of(Rows, "--accept-errors", accepted).Code);

    [Fact]
    public void Rows_that_are_all_bad_can_be_accepted_too()
    {
        Assert.Equal(1, Of("{ no JSON\n").Code);
        Assert.Equal((0, ""), (Of("{ no JSON\n", "--accept-errors", "100%").Code, Of("{ no JSON\n", "--accept-errors", "100%").Out));
    }

    [Fact]
    public void What_may_fail_is_read_before_the_first_row() => Of(Rows, "--accept-errors", "many").Refused(2, "accept-errors 'many'");

    [Fact]
    public void An_empty_input_that_was_asked_for_has_no_rows() => Assert.Equal((0, "", ""), (Of("").Code, Of("").Out, Of("").Error));

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_a_bad_row()
    {
        var (code, output, error) = await ProcessTests.Run([.. "one\n"u8, 0xff, 0xfe, 0xfd, (byte)'\n', .. "two\n"u8], "tokenize", "--input", "-");
        Assert.Equal(3, code);
        Assert.Equal(2, output.Count(character => character == '\n'));
        Assert.StartsWith("gptx: row 2: ", error, StringComparison.Ordinal);
    }

    private static CommandRun Of(string input, params string[] options) =>
        CommandRun.With(new Conditions { Input = input, InputIsRedirected = true }, ["tokenize", "--input", "-", "--id-field", "id", .. options]);
}
