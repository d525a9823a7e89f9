using Gptx.Checkpoints;

namespace Gptx.Generation.Beams;

/// <summary>What generation_config.json says about beams, and when it is heeded.</summary>
internal static class RecommendedBeams
{
    /// <summary>
    /// How many beams there are: as the caller says, else as the file says, unless the caller sets a sampling option, which asks for a sampler in their place.
    /// </summary>
    /// <exception cref="GptxException">ModelNotLoadable, <c>BeamsNotSupported</c>: the file asks for grouped beams, and the caller does not say otherwise.</exception>
    public static int Of(GenerationOptions options, GenerationConfig defaults)
    {
        if (options.Beams is { } asked)
        {
            return asked;
        }

        if (defaults.NumBeams is not { } beams || beams == 1 || IsSampler(options))
        {
            return 1;
        }

        return defaults.NumBeamGroups is null or 1 ? beams : throw Unsupported($"num_beam_groups {defaults.NumBeamGroups}, beams in groups,");
    }

    /// <summary>Whether beams are drawn: where the caller sets a sampling option that does something, or leaves all of it to a file that says <c>do_sample</c>.</summary>
    public static bool AreDrawn(GenerationOptions options, GenerationConfig defaults) => options.Temperature is { } temperature
        ? temperature > 0
        : IsSampler(options) ? !IsOff(options) : options.Beams is null && defaults.DoSample == true;

    private static bool IsOff(GenerationOptions options) => options is
    {
        TopK: null or 0, TopP: null or 1, MinP: null or 0, TypicalP: null or 1, EpsilonCutoff: null or 0, EtaCutoff: null or 0,
    };

    /// <summary>The file's early_stopping.</summary>
    public static EarlyStopping? Stopping(GenerationConfig defaults) => defaults.EarlyStopping switch
    {
        "true" => EarlyStopping.True,
        "false" => EarlyStopping.False,
        "never" => EarlyStopping.Never,
        _ => null,
    };

    private static bool IsSampler(GenerationOptions options) =>
        options is not { Temperature: null, TopK: null, TopP: null, MinP: null, TypicalP: null, EpsilonCutoff: null, EtaCutoff: null };

    private static GptxException Unsupported(string what) => new(
        GptxErrorKind.ModelNotLoadable,
        "BeamsNotSupported",
        $"generation_config.json: {what} is not supported; ask for a number of beams to have beam search, or for 1 beam to have a sampler");
}
