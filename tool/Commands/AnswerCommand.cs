using System.CommandLine;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx answer: where in a text the answers to questions stand.</summary>
internal sealed class AnswerCommand : GptxCommand
{
    private static readonly RecordShape<TextAnswer> Shape = new(
        new("question", answer => answer.Question),
        new("index", answer => answer.Index),
        new("rank", answer => answer.Rank),
        new("answer", answer => answer.Answer),
        new("start", answer => answer.Start),
        new("length", answer => answer.Length),
        new("score", answer => answer.Score),
        new("model", answer => answer.Model));

    private readonly Option<string?> _context = new("--context") { Description = "The text with the answers.", HelpName = "TEXT" };
    private readonly Option<string?> _contextFile = new("--context-file") { Description = "A file with that text.", HelpName = "FILE" };
    private readonly Option<int?> _top = Numbers.Whole("--top", "How many answers to each question (default 1).");
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public AnswerCommand()
        : base("answer", "Find the answers to questions in a text, with a model that was made for that.")
    {
        Options.Add(_context);
        Options.Add(_contextFile);
        Options.Add(_top);
        _options = new CommonOptions(this, "QUESTION", "Questions; without any they come from --input, or from standard input.");
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx answer \"Where did she live?\" --context \"Ada Lovelace lived in London.\" --model ./bert-squad",
        "gptx answer --input questions.txt --context-file report.txt --top 3 --model ./bert-squad --csv",
    ];

    public override int Execute(Invocation run)
    {
        var context = Context(run);
        if (_job.IsJob(run, _options.Texts, _options.Output))
        {
            return JobRun.With(run, _options, _job, model => new AnswerTask(model, context, run.Get(_top) ?? 1));
        }

        return new TextPipeline<TextAnswer>
        {
            Report = new Report<TextAnswer> { Shape = Shape, Show = Show },
            Prepare = _ => (model, questions, first) => TextAnswer.Of(model, questions, context, run.Get(_top) ?? 1, first, run.Cancellation),
            IndexOf = answer => answer.Index,
        }.Run(run, _options);
    }

    private string Context(Invocation run)
    {
        switch (run.Get(_context), run.Get(_contextFile))
        {
            case ({ } text, null):
                return text;
            case (null, { } path):
                using (var reader = RowFile.Open(path))
                {
                    return reader.ReadToEnd();
                }

            default:
                throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "the text with the answers is given by --context TEXT or by --context-file FILE: give one of them");
        }
    }

    private static void Show(Screen screen, IReadOnlyList<TextAnswer> answers)
    {
        foreach (var question in answers.GroupBy(answer => answer.Index))
        {
            screen.Heading(question.First().Question);
            screen.Table([">rank", "answer", ">start", ">score"], question.Select(answer => (string[])[$"{answer.Rank}", VisibleText.OneLine(answer.Answer), $"{answer.Start}", Readable.Short(answer.Score)]));
        }
    }
}
