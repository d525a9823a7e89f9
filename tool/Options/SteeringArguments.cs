using System.CommandLine;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.Tool.Options;

/// <summary>A direction that is added to the residual stream while text is generated.</summary>
internal sealed class SteeringArguments
{
    private readonly Option<int?> _block = Numbers.Whole("--block", "The block before which it is added, counted from 0.");
    private readonly Option<double?> _factor = Numbers.Real("--factor", "What it is multiplied by; below 0 steers the other way (default 1).");
    private readonly Option<bool> _ofMean = new("--mean") { Description = "With --toward and --from: the means over all tokens, in place of the last tokens." };

    private readonly Option<string?> _vector = new("--vector")
    {
        Description = "The direction: a .npy, .safetensors (FILE#TENSOR) or .json file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _toward = new("--toward") { Description = "The direction: from the hidden state of --from to that of this text.", HelpName = "TEXT" };
    private readonly Option<string?> _from = new("--from") { Description = "See --toward.", HelpName = "TEXT" };

    public SteeringArguments(Command command)
    {
        command.Options.Add(_block);
        command.Options.Add(_vector);
        command.Options.Add(_toward);
        command.Options.Add(_from);
        command.Options.Add(_ofMean);
        command.Options.Add(_factor);
    }

    /// <summary>Refuses what does not go together, before a model is opened.</summary>
    /// <exception cref="GptxException"><c>UsageInvalid</c>.</exception>
    public void Check(Invocation run)
    {
        var (vector, toward, from) = (run.Get(_vector), run.Get(_toward), run.Get(_from));
        string? wrong = run.Get(_block) is null ? "--block is missing: say before which block the direction is added, counted from 0"
            : vector is null && (toward is null || from is null) ? "the direction is missing: give --vector FILE, or --toward TEXT and --from TEXT"
            : vector is not null && (toward is not null || from is not null || run.Get(_ofMean)) ? "--vector excludes --toward, --from and --mean: give one or the other"
            : null;
        if (wrong is not null)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", wrong);
        }
    }

    /// <summary>The direction.</summary>
    public SteeringVector Read(Invocation run, LanguageModel model)
    {
        var (block, factor) = (run.Get(_block)!.Value, run.Get(_factor) ?? 1);
        return run.Get(_vector) is { } path
            ? SteeringVector.Read(model, path, block, factor)
            : SteeringVector.Between(
                model,
                TokenSequence.FromText(model, run.Get(_toward)!),
                TokenSequence.FromText(model, run.Get(_from)!),
                block,
                factor,
                run.Get(_ofMean),
                run.Cancellation);
    }
}
