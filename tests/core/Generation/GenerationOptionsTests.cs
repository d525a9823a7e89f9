using Gptx.Checkpoints;
using Gptx.Generation;

namespace Gptx.Tests.Generation;

public class GenerationOptionsTests
{
    public static TheoryData<GenerationOptions, string> Bad { get; } = new()
    {
        { new() { TopP = 1.5 }, "top-p 1.5 is not allowed: it must be above 0 and at most 1" },
        { new() { TopP = 0 }, "top-p 0 is not allowed: it must be above 0 and at most 1" },
        { new() { TopP = double.NaN }, "top-p NaN is not allowed: it must be above 0 and at most 1" },
        { new() { Temperature = -0.5 }, "temperature -0.5 is not allowed: it must be between 0 and 1000" },
        { new() { Temperature = double.PositiveInfinity }, "temperature Infinity is not allowed: it must be between 0 and 1000" },
        { new() { TopK = -1 }, "top-k -1 is not allowed: it must be at least 0" },
        { new() { MinP = 1.1 }, "min-p 1.1 is not allowed: it must be between 0 and 1" },
        { new() { TypicalP = 0 }, "typical-p 0 is not allowed: it must be above 0 and at most 1" },
        { new() { EpsilonCutoff = 1 }, "epsilon-cutoff 1 is not allowed: it must be at least 0 and below 1" },
        { new() { EtaCutoff = double.NaN }, "eta-cutoff NaN is not allowed: it must be at least 0 and below 1" },
        { new() { RepetitionPenalty = 0 }, "repetition-penalty 0 is not allowed: it must be between 0.001 and 1000" },
        { new() { PresencePenalty = double.NaN }, "presence-penalty NaN is not allowed: it must be between -100 and 100" },
        { new() { FrequencyPenalty = 101 }, "frequency-penalty 101 is not allowed: it must be between -100 and 100" },
        { new() { MaxTokens = 0 }, "max-tokens 0 is not allowed: it must be at least 1" },
        { new() { MinTokens = 9, MaxTokens = 8 }, "min-tokens 9 is not allowed: it must be at most max-tokens, 8" },
        { new() { NoRepeatNgramSize = -1 }, "no-repeat-ngram-size -1 is not allowed: it must be at least 0" },
        { new() { Count = 0 }, "count 0 is not allowed: it must be at least 1" },
        { new() { Beams = 0 }, "beams 0 is not allowed: it must be between 1 and 1024" },
        { new() { Beams = 1025 }, "beams 1025 is not allowed: it must be between 1 and 1024" },
        { new() { Beams = 3, Count = 4 }, "count 4 is not allowed: it must be at most beams, 3" },
        { new() { Beams = 2, LengthPenalty = double.NaN }, "length-penalty NaN is not allowed: it must be between -20 and 20" },
        { new() { Beams = 2, LengthPenalty = double.PositiveInfinity }, "length-penalty Infinity is not allowed: it must be between -20 and 20" },
        { new() { Beams = 2, EarlyStopping = (EarlyStopping)7 }, "early-stopping 7 is not allowed: it must be true, false or never" },
        { new() { Alternatives = -1 }, "alternatives -1 is not allowed: it must be at least 0" },
        { new() { BadWords = [[]] }, "bad-words [] is not allowed: each word needs at least one id" },
        { new() { StopTokens = [-1] }, "stop-tokens -1 is not allowed: it must be at least 0" },
        { new() { StopStrings = [""] }, "stop '' is not allowed: it must have at least one character" },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_value_is_named_with_what_is_allowed(GenerationOptions options, string message)
    {
        GptxException error = Assert.Throws<GptxException>(options.Validate);
        Assert.Equal((GptxErrorKind.InvalidArgument, "OptionOutOfRange", message), (error.Kind, error.ErrorId, error.Message));
    }

    [Fact]
    public void Options_come_before_the_file_and_the_file_before_our_defaults()
    {
        var file = new GenerationConfig { Temperature = 0.6, TopK = 20, MaxNewTokens = 300, EosTokenIds = [2, 1] };
        SamplingSettings settings = SamplingSettings.Resolve(new() { TopK = 5, Seed = 1, StopTokens = [7] }, file);
        Assert.Equal("temperature 0.6, top-k 5, top-p 0.95; seed 1", settings.ToString());
        Assert.Equal([1, 2, 7], settings.StopTokens);
        Assert.Equal(300, settings.MaxTokens);
        Assert.Equal([7], SamplingSettings.Resolve(new() { StopTokens = [7], IgnoreEndOfText = true }, file).StopTokens);
        Assert.Equal("temperature 0.8, top-p 0.95; seed 1", SamplingSettings.Resolve(new() { Seed = 1 }).ToString());
    }

    [Fact]
    public void A_file_that_says_greedy_is_obeyed_unless_the_caller_asks_for_sampling()
    {
        var file = new GenerationConfig { DoSample = false, Temperature = 0.6 };
        Assert.True(SamplingSettings.Resolve(new(), file).IsGreedy);
        Assert.Equal(0.6, SamplingSettings.Resolve(new() { TopP = 0.9 }, file).Temperature);
        Assert.Equal(1.2, SamplingSettings.Resolve(new() { Temperature = 1.2 }, file).Temperature);
    }

    [Fact]
    public void A_bad_value_in_the_file_is_the_models_fault_unless_it_is_not_used()
    {
        var file = new GenerationConfig { TopP = 3 };
        GptxException error = Assert.Throws<GptxException>(() => SamplingSettings.Resolve(new(), file));
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
        Assert.Equal(0.9, SamplingSettings.Resolve(new() { TopP = 0.9 }, file).TopP);
    }

    [Fact]
    public void More_tokens_at_least_than_our_default_at_most_are_allowed() =>
        Assert.Equal(80, SamplingSettings.Resolve(new() { MinTokens = 80 }).MaxTokens);
}
