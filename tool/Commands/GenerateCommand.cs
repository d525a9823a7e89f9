using System.CommandLine;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx generate: goes on from prompts.</summary>
internal sealed class GenerateCommand : GptxCommand
{
    private readonly TextOptions _texts;
    private readonly GenerationArguments _arguments;
    private readonly ModelOptions _models;
    private readonly OutputOptions _output;
    private readonly JobArguments? _job;
    private readonly Option<bool> _noPrompt = new("--no-prompt") { Description = "Write the continuation alone, without the prompt before it." };
    private readonly Option<bool> _chat = new("--chat") { Description = "Texts are what a user says to a chat model; rows of JSON may have messages." };

    private readonly Option<string?> _messages = new("--messages")
    {
        Description = "Answer the conversation in a file: a JSON list of messages, or an object with one; several, a line each.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _showPrompt = new("--show-prompt") { Description = "With --chat: show the prompt that the conversation becomes, and generate nothing." };
    private readonly ChatArguments _conversation;
    private readonly SteeringArguments? _steering;
    private readonly Option<bool> _stream = new("--stream") { Description = "Write text while it is generated, as a terminal always does; with --beams it comes when the search has ended." };

    public GenerateCommand()
        : this("generate", "Generate text that goes on from prompts.", isSteered: false)
    {
    }

    private GenerateCommand(string name, string description, bool isSteered)
        : base(name, description)
    {
        _texts = new TextOptions(this, "PROMPT", "Prompts; without any they come from --input, or from standard input.") { MayBeChat = IsChat };
        _steering = isSteered ? new SteeringArguments(this) : null;
        Options.Add(_chat);
        Options.Add(_messages);
        _conversation = new ChatArguments(this);
        Options.Add(_showPrompt);
        _arguments = new GenerationArguments(this);
        Options.Add(_noPrompt);
        Options.Add(_stream);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
        _job = isSteered ? null : new JobArguments(this);
    }

    /// <summary>gptx steer: generates while a direction is added to the residual stream.</summary>
    public static GenerateCommand Steered() => new("steer", "Generate text while a direction is added to the model's residual stream.", isSteered: true);

    public override IReadOnlyList<string> Examples => _steering is not null
        ?
        [
            "gptx steer \"Once upon a time\" --block 1 --toward \" happy\" --from \" sad\" --factor 4",
            "gptx steer \"Once upon a time\" --block 1 --vector direction.npy --factor -2 --seed 7 --json",
        ]
        :
    [
        "gptx generate \"Once upon a time\"",
        "gptx generate \"Once upon a time\" --seed 7 --max-tokens 100 --temperature 0.6",
        "gptx generate \"The king said\" --count 3 --stop \"\\n\" --json",
        "gptx generate \"The king said\" --beams 4 --count 4 --length-penalty 1.0 --early-stopping true --jsonl",
        "gptx generate --chat \"Why is the sky blue?\" --system \"Answer in one sentence.\"",
        "gptx generate --messages conversation.json --tools tools.json --show-prompt",
        "gptx generate --chat --input conversations.jsonl --jsonl --out answers.jsonl",
        "gptx generate --input prompts.txt --jsonl --out texts.jsonl",
    ];

    public override int Execute(Invocation run)
    {
        var isChat = IsChat(run);
        CheckOptions(run, isChat);
        if (!isChat && _job?.IsJob(run, _texts, _output) == true)
        {
            return Job(run, _job);
        }

        _steering?.Check(run);
        var format = _output.Format(run, OutputFormat.Text);
        var rows = run.Get(_messages) is { } messages ? ConversationFile.Rows(run, messages) : _texts.Rows(run);
        var requests = isChat ? new ChatRequests(_conversation.Request(run), _conversation.System(run)) : null;
        return _output.Write(run, writer => run.Get(_showPrompt)
            ? ShowPrompts(run, format, writer, rows, requests!)
            : Generate(run, format, writer, rows, requests));
    }

    // What seed a job draws by is decided once: a run that goes on takes the one that is written down.
    private int Job(Invocation run, JobArguments arguments)
    {
        var job = arguments.Read(run, _texts, _output) with { Threads = _models.Threads(run) };
        TextJob.RequireOutputKind(job, "generate");
        var seed = GenerateTask.SeedOf(job, _arguments.Seed(run));
        using var model = _models.Load(run);
        var options = _arguments.Read(run, model, seed);
        return JobRun.Do(run, arguments, new GenerateTask(model, options, _texts.Truncates(run)), job);
    }

    private bool IsChat(Invocation run) => run.Get(_chat) || run.Get(_messages) is not null;

    private void CheckOptions(Invocation run, bool isChat)
    {
        string[] chatOnly = [.. _conversation.Given(run), .. run.Get(_showPrompt) ? ["--show-prompt"] : (string[])[]];
        if (!isChat && chatOnly is [var option, ..])
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"{option} goes with a conversation: give --chat or --messages");
        }

        if (isChat && _texts.Truncates(run))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--truncate does not go with a conversation, which would lose its beginning: leave messages out");
        }

        if (run.Get(_messages) is not null && (_texts.Arguments(run).Length > 0 || _texts.HasInput(run)))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextTwice", "texts, --input and --messages exclude each other: give one of them");
        }
    }

    private int ShowPrompts(Invocation run, OutputFormat format, TextWriter writer, IEnumerable<TextRow> rows, ChatRequests requests)
    {
        var tokenizer = _models.LoadTokenizer(run);
        var template = _conversation.Template(run, tokenizer.Folder, tokenizer.RequireChatTemplate);
        var results = ChatPrompt.Report.Open(format, writer, run);
        var code = new RowRun(run, _texts, row => tokenizer.Read(template, requests.Of(row), run.Cancellation)).Process(rows, group =>
        {
            foreach (var row in group)
            {
                results.Write(new ChatPrompt(row.Tokens, row.Index, tokenizer.Name), row.Row);
            }

            results.Flush();
        });
        results.Finish();
        return code;
    }

    private int Generate(Invocation run, OutputFormat format, TextWriter writer, IEnumerable<TextRow> rows, ChatRequests? requests)
    {
        using var model = _models.Load(run);
        var options = _arguments.Read(run, model) with { Interventions = _steering is null ? [] : [_steering.Read(run, model).ToIntervention()] };
        options = requests is null ? options : ChatReply.Defaults(options, model.Checkpoint.GenerationConfig);
        var settings = TextGenerator.Settings(model, options);
        if (format == OutputFormat.Table || run.IsVerbose)
        {
            run.Say($"{settings}");
        }

        var page = new GeneratedPage(writer, model, withPrompt: requests is null && !run.Get(_noPrompt), forTerminal: format == OutputFormat.Table ? run.Around : null);
        var isText = format is OutputFormat.Text or OutputFormat.Table;
        var isLive = isText && settings.Count == 1 && (format == OutputFormat.Table || run.Get(_stream));
        var results = isText || requests is not null ? null : Report.Open(format, writer, run);
        var replies = isText || requests is null ? null : ChatReplyShape.Report.Open(format, writer, run);
        var code = Runner(run, model, settings, requests).Process(rows, group =>
        {
            if (isLive && group is [var only])
            {
                page.Live(only.Tokens, TextGenerator.Stream(model, [only.Tokens], options, only.Index, run.Cancellation));
                return;
            }

            foreach (var text in TextGenerator.Generate(model, [.. group.Select(row => row.Tokens)], options, group[0].Index, run.Cancellation))
            {
                var row = group[text.Index - group[0].Index];
                results?.Write(text, row.Row);
                replies?.Write(ChatReply.Of(row.Tokens, text), row.Row);
                if (isText)
                {
                    page.Write(row.Tokens, text);
                }
            }

            results?.Flush();
            replies?.Flush();
        });
        results?.Finish();
        replies?.Finish();
        return code;
    }

    private static Report<GeneratedText> Report { get; } = new()
    {
        Shape = GeneratedTextShape.Whole,
        CsvLines = GeneratedTextShape.CsvLines,
        Show = (_, _) => { },
    };

    // What is kept of a prompt leaves room for the answer.
    private RowRun Runner(Invocation run, LanguageModel model, SamplingSettings settings, ChatRequests? requests)
    {
        if (requests is not null)
        {
            var template = _conversation.Template(run, model.Folder, model.RequireChatTemplate);
            return new RowRun(run, _texts, row => TokenSequence.FromChat(model, template, requests.Of(row), run.Cancellation));
        }

        return new RowRun(run, model, _texts)
        {
            Truncate = prompt => prompt.Truncate(Math.Max(1, model.Shape.ContextLength - settings.MaxTokens), KeptEnd.End),
        };
    }
}
