using System.CommandLine;
using Gptx.Tokenization.Training;

namespace Gptx.Tool.Options;

/// <summary>What kind of tokenizer is to be learnt, and how.</summary>
internal sealed class TrainingArguments
{
    private readonly Option<int?> _size = Numbers.Whole("--vocab-size", "Tokens of the vocabulary, special ones and the alphabet included (default 30000).");
    private readonly Option<TokenizerModelKind?> _kind = Choice.Of<TokenizerModelKind>("--kind", "bpe: on bytes, as GPT-2's (default); wordpiece: as BERT's.");
    private readonly Option<bool> _lowercase = new("--lowercase") { Description = "Make letters small first; of wordpiece also without accents." };

    private readonly Option<string?> _like = new("--like")
    {
        Description = "Take all but the vocabulary from a tokenizer.json, by its path or its folder's, in place of --kind and --lowercase.",
        HelpName = "TOKENIZER",
    };

    private readonly Option<string[]?> _special = new("--special-token")
    {
        Description = "A token that comes first and is never split; repeat it for several (default: none; of wordpiece [PAD] [UNK] [CLS] [SEP] [MASK]).",
        HelpName = "TOKEN",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _frequency = Numbers.Whole("--min-frequency", "How often a pair must be seen to be merged (default 0).");
    private readonly Option<int?> _alphabet = Numbers.Whole("--limit-alphabet", "Characters that the alphabet may have; the most frequent stay (default: all).");

    private readonly Option<string?> _initial = new("--initial-alphabet")
    {
        Description = "Characters that are in the alphabet whatever the text has (default: the 256 bytes where the tokenizer works on bytes).",
        HelpName = "CHARACTERS",
    };

    private readonly Option<int?> _length = Numbers.Whole("--max-token-length", "Pairs that would be as long as this are not merged (default: no limit).");
    private readonly Option<string?> _prefix = new("--subword-prefix") { Description = "What stands before a piece within a word (default: of wordpiece ##).", HelpName = "TEXT" };
    private readonly Option<string?> _suffix = new("--word-suffix") { Description = "What stands behind a piece that ends a word (default: nothing).", HelpName = "TEXT" };
    private readonly Option<int?> _threads = Numbers.Whole("--threads", "Threads that count words; 0 (default) is one a processor. The result is the same.");

    public TrainingArguments(Command command)
    {
        command.Options.Add(_size);
        command.Options.Add(_kind);
        command.Options.Add(_lowercase);
        command.Options.Add(_like);
        command.Options.Add(_special);
        command.Options.Add(_frequency);
        command.Options.Add(_alphabet);
        command.Options.Add(_initial);
        command.Options.Add(_length);
        command.Options.Add(_prefix);
        command.Options.Add(_suffix);
        command.Options.Add(_threads);
    }

    /// <summary>All of the tokenizer but its vocabulary.</summary>
    public TokenizerBlueprint Blueprint(Invocation run)
    {
        var lowercase = run.Get(_lowercase);
        if (run.Get(_like) is { } like)
        {
            return run.Get(_kind) is null && !lowercase && like.Length > 0 ? TokenizerBlueprint.Load(like) : throw new GptxException(
                GptxErrorKind.InvalidArgument, "UsageInvalid", "--like names a tokenizer.json, whose kind and case are taken: leave --kind and --lowercase out");
        }

        return run.Get(_kind) is TokenizerModelKind.WordPiece ? TokenizerBlueprint.WordPiece(lowercase) : TokenizerBlueprint.ByteLevelBpe(lowercase);
    }

    public TokenizerTrainingOptions Options(Invocation run)
    {
        var otherwise = new TokenizerTrainingOptions();
        return new TokenizerTrainingOptions
        {
            VocabularySize = run.Get(_size) ?? otherwise.VocabularySize,
            MinFrequency = run.Get(_frequency) ?? otherwise.MinFrequency,
            SpecialTokens = run.Get(_special) is { Length: > 0 } special ? special : null,
            LimitAlphabet = run.Get(_alphabet),
            InitialAlphabet = run.Get(_initial),
            MaxTokenLength = run.Get(_length),
            ContinuingSubwordPrefix = run.Get(_prefix),
            EndOfWordSuffix = run.Get(_suffix),
            Threads = run.Get(_threads) ?? otherwise.Threads,
        };
    }
}
