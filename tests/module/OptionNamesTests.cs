using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class OptionNamesTests
{
    [Theory]
    [InlineData("out exists: --force replaces it, --resume keeps it", "out exists: -Force replaces it, -Resume keeps it")]
    [InlineData("at most 3 are allowed (--max-errors)", "at most 3 are allowed (-MaxError)")]
    [InlineData("--keep model: the output has it", "-Keep model: the output has it")]
    [InlineData("a --- b, --unknown, x--force, --max-row-tokens", "a --- b, --unknown, x--force, -MaxRowTokens")]
    public void Options_are_named_as_parameters(string message, string shown) => Assert.Equal(shown, OptionNames.InPowerShell(message));

    [Fact]
    public void The_parameters_are_those_of_a_job()
    {
        var job = typeof(InvokeTextGenerationCommand).GetProperties().Select(property => property.Name).Append("WhatIf").ToHashSet(StringComparer.Ordinal);
        string[] options = ["--accept-errors", "--dry-run", "--errors", "--force", "--id-field", "--input", "--keep", "--max-errors", "--max-row-bytes", "--max-row-tokens", "--out", "--resume", "--retry-errors", "--row-timeout", "--rows", "--seed", "--shard", "--summary", "--text-field", "--truncate", "--update"];
        Assert.All(options, option => Assert.Contains(OptionNames.InPowerShell(option)[1..], job));
    }
}
