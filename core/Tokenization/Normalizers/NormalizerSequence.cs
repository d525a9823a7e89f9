namespace Gptx.Tokenization;

/// <summary>Several normalizers, one after the other.</summary>
internal sealed class NormalizerSequence : INormalizer
{
    private readonly IReadOnlyList<INormalizer> _steps;

    public NormalizerSequence(IReadOnlyList<INormalizer> steps)
    {
        _steps = steps;
    }

    public AlignedText Normalize(AlignedText text) => _steps.Aggregate(text, (current, step) => step.Normalize(current));
}
