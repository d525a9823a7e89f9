namespace Gptx.Tests;

public class SmokeTests
{
    [Fact]
    public void Errors_carry_kind_and_id()
    {
        var error = new GptxException(GptxErrorKind.InvalidArgument, "Example", "one line");
        Assert.Equal(GptxErrorKind.InvalidArgument, error.Kind);
    }
}
