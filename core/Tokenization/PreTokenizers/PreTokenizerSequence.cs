namespace Gptx.Tokenization;

/// <summary>Several pre-tokenizers, each splitting the pieces of the one before.</summary>
internal sealed class PreTokenizerSequence : IPreTokenizer
{
    private readonly IReadOnlyList<IPreTokenizer> _steps;

    // The chain of the last text, to be used again; whoever takes it has it alone.
    private Step? _spare;

    public PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps)
    {
        _steps = [.. steps.SelectMany(step => step is PreTokenizerSequence sequence ? sequence._steps : [step])];
        ReadsSources = _steps.Any(step => step.ReadsSources);
        IsLocal = _steps.All(step => step.IsLocal);
    }

    public IReadOnlyList<IPreTokenizer> Steps => _steps;

    public bool ReadsSources { get; }

    public bool IsLocal { get; }

    public bool BeginsPieceAt(char character)
    {
        IPreTokenizer? decisive = _steps.SkipWhile(step => step.IsLocal && !step.BeginsPieceAt(character)).FirstOrDefault();
        return decisive?.BeginsPieceAt(character) == true;
    }

    public void Split(AlignedText section, PieceSink pieces)
    {
        Step chain = Interlocked.Exchange(ref _spare, null) ?? new Step(_steps, 0);
        chain.EndIn(pieces);
        chain.Add(section);
        Volatile.Write(ref _spare, chain);
    }

    private sealed class Step : PieceSink
    {
        private readonly IPreTokenizer? _splitter;
        private readonly Step? _next;
        private PieceSink? _end;

        public Step(IReadOnlyList<IPreTokenizer> steps, int index)
        {
            if (index < steps.Count)
            {
                _splitter = steps[index];
                _next = new Step(steps, index + 1);
            }
        }

        public void EndIn(PieceSink sink)
        {
            Step last = this;
            while (last._next is { } next)
            {
                last._end = next._next is null ? sink : next;
                last = next;
            }

            last._end = sink;
        }

        public override void Add(AlignedText piece)
        {
            if (_splitter is null)
            {
                _end!.Add(piece);
            }
            else
            {
                _splitter.Split(piece, _end!);
            }
        }
    }
}
