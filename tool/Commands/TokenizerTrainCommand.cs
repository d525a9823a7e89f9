using System.CommandLine;
using Gptx.Checkpoints;
using Gptx.Tokenization.Training;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenizer train: learns a tokenizer.json from text.</summary>
internal sealed class TokenizerTrainCommand : GptxCommand
{
    private static readonly RecordShape<TrainingSummary> Shape = new(
        new("path", summary => summary.Path),
        new("kind", summary => summary.Kind),
        new("vocabularySize", summary => summary.VocabularySize),
        new("specialTokens", summary => summary.SpecialTokens),
        new("alphabetSize", summary => summary.AlphabetSize),
        new("merges", summary => summary.Merges),
        new("texts", summary => summary.Texts),
        new("characters", summary => summary.Characters),
        new("words", summary => summary.Words),
        new("distinctWords", summary => summary.DistinctWords),
        new("seconds", summary => Math.Round(summary.Seconds, 3)));

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files of text, UTF-8; each line is a text, with its line feed. '-' is standard input, which is also read where no file is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The tokenizer.json to write, whole or not at all.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace the file of --out if it exists." };
    private readonly TrainingArguments _training;
    private readonly OutputOptions _output;

    public TokenizerTrainCommand()
        : base("train", "Learn a tokenizer from text and write it as tokenizer.json; a summary goes to standard output.")
    {
        Arguments.Add(_files);
        Options.Add(_out);
        Options.Add(_force);
        _training = new TrainingArguments(this);
        _output = new OutputOptions(this, toFile: false);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx tokenizer train notes.txt --vocab-size 8000 --out tokenizer.json",
        "gptx tokenizer train a.txt b.txt --special-token \"<|endoftext|>\" --out tokenizer.json --json",
        "gptx tokenizer train notes.txt --kind wordpiece --lowercase --out tokenizer.json --force",
        "gptx tokenizer train notes.txt --like ./my-model --out tokenizer.json",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var path = run.Get(_out) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "UsageInvalid", "--out is missing: give the name of the tokenizer.json to write");
        using var files = TrainingFiles.Open(run, run.Get(_files) ?? []);
        var trainer = new TokenizerTrainer(_training.Blueprint(run), _training.Options(run));
        TrainingSummary? summary = null;
        OutputOptions.ToFile(path, () => AtomicFile.Write(path, run.Get(_force), stream =>
        {
            var trained = Train(run, trainer, files);
            trained.WriteTo(stream);
            summary = trained.Summary(path);
        }));
        return _output.Write(run, writer =>
        {
            var results = Properties.Of(Shape).Open(format, writer, run);
            results.Write(summary!);
            results.Finish();
            return ExitCode.Ok;
        });
    }

    private static TrainedTokenizer Train(Invocation run, TokenizerTrainer trainer, TrainingFiles files)
    {
        using var progress = TrainingBar.Of(run, files);
        trainer.Add(files.Lines(), progress, run.Cancellation);
        return trainer.Train(progress, run.Cancellation);
    }
}
