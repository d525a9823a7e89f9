namespace Gptx.Tokenization;

/// <summary>Several normalizers, one after the other.</summary>
internal sealed class NormalizerSequence : INormalizer
{
    private readonly IReadOnlyList<INormalizer> _steps;

    public NormalizerSequence(IReadOnlyList<INormalizer> steps)
    {
        _steps = steps;
    }

    public bool IsLocal => _steps.All(step => step.IsLocal);

    public AlignedText Normalize(AlignedText text)
    {
        foreach (INormalizer step in _steps)
        {
            text = step.Normalize(text);
        }

        return text;
    }
}
