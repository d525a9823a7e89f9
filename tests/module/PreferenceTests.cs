using System.Collections;
using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class PreferenceTests
{
    [Fact]
    public void What_is_left_out_is_left_open() => Assert.Equal(new Preference(null, null, null, null, null), Preference.Of(value: null));

    [Theory]
    [InlineData("Modell")]
    [InlineData("Temperature")]
    public void Another_key_is_refused_with_those_that_are_known(string key)
    {
        var error = Assert.Throws<GptxException>(() => Preference.Of(new Hashtable { [key] = "x" }));
        Assert.Equal("PreferenceInvalid", error.ErrorId);
        Assert.Contains($"'{key}'; known are Model, Device, Threads, Precision, Compute", error.Message, StringComparison.Ordinal);
    }
}
