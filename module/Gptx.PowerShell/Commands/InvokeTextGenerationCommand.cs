using System.Collections;
using System.Management.Automation;
using Gptx.Activations;
using Gptx.Chat;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Jobs;

namespace Gptx.PowerShell;

/// <summary>Invoke-TextGeneration: continues texts, or answers a conversation; with -Stream piece by piece, as they are made.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TextGeneration", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(GeneratedText), typeof(ChatReply), typeof(GenerationPiece))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class InvokeTextGenerationCommand : GenerationCmdlet
{
    private const string MessageSet = "Message";

    /// <summary>A conversation: tables or objects with role and content, texts of the user, messages of replies.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Message { get; set; } = [];

    /// <summary>A system message before the conversation, if it has none.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary>Tools that the model may call, passed to the template.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public PSObject[]? Tool { get; set; }

    /// <summary>Documents that the model may read, passed to the template.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public PSObject[]? Document { get; set; }

    /// <summary>Another chat template than the model's: a Jinja file, or the name of one of the model's.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public string? ChatTemplate { get; set; }

    /// <summary>Further variables of the template, such as @{ enable_thinking = $false }.</summary>
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNull]
    public IDictionary? TemplateVariable { get; set; }

    /// <summary>A direction that is added to the residual stream: a file (.npy, .safetensors, .json), numbers, or an object with a property Vector.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNull]
    public PSObject? Steer { get; set; }

    /// <summary>In place of -Steer: the direction from the hidden state of -SteerFrom to that of this text.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public string? SteerToward { get; set; }

    /// <summary>See -SteerToward.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public string? SteerFrom { get; set; }

    /// <summary>The block before which the direction is added, from 0.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? SteerBlock { get; set; }

    /// <summary>What the direction is multiplied by; below 0 steers the other way. Default 1.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    public double SteerFactor { get; set; } = 1;

    /// <summary>One object a token, as soon as it is made, in place of one a continuation.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = MessageSet)]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == MessageSet)
        {
            ForCommand(Message, Answer);
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Intervention> Interventions()
    {
        var isBetween = SteerToward is not null && SteerFrom is not null;
        if (Steer is null && SteerToward is null && SteerFrom is null && SteerBlock is null)
        {
            return [];
        }

        if (SteerBlock is not { } block || (Steer is null) != isBetween)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "UsageInvalid", "steering takes -SteerBlock and a direction: -Steer, or -SteerToward with -SteerFrom");
        }

        var steering = Steer is not null
            ? InputSteering.Of(Opened, Steer, block, SteerFactor, SessionState.Path.GetUnresolvedProviderPathFromPSPath)
            : SteeringVector.Between(
                Opened, TokenSequence.FromText(Opened, SteerToward!), TokenSequence.FromText(Opened, SteerFrom!), block, SteerFactor, cancellation: Cancellation);
        return [steering.ToIntervention()];
    }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex)
    {
        if (!Stream)
        {
            WriteObject(TextGenerator.Generate(Opened, texts, Options, firstIndex, Cancellation), enumerateCollection: true);
            return;
        }

        WritePieces(texts, Options, firstIndex);
    }

    private void Answer()
    {
        var prompt = TokenSequence.FromChat(Opened, Template(), Request(), Cancellation);
        CheckLength(prompt);
        var options = ChatReply.Defaults(Options, Opened.Checkpoint.GenerationConfig);
        if (Stream)
        {
            WritePieces([prompt], options, firstIndex: 0);
            return;
        }

        WriteObject(TextGenerator.Generate(Opened, [prompt], options, cancellation: Cancellation).Select(text => ChatReply.Of(prompt, text)), enumerateCollection: true);
    }

    private void WritePieces(IReadOnlyList<TokenSequence> texts, GenerationOptions options, int firstIndex)
    {
        foreach (var step in TextGenerator.Stream(Opened, texts, options, firstIndex, Cancellation))
        {
            WriteObject(new GenerationPiece(
                texts[step.Index - firstIndex].Label,
                step.Index,
                step.Continuation,
                step.Token.Position,
                step.Text,
                step.Token.Token,
                step.Token.Id,
                step.Token.LogProbability,
                step.Token.Rank,
                step.Finished?.FinishReason,
                Opened.Name));
        }
    }

    private ChatRequest Request()
    {
        ChatMessage[] messages = [.. Message.Select(InputMessage.Of)];
        return new ChatRequest
        {
            Messages = System is null || messages[0].Role == "system" ? messages : [new ChatMessage("system", System), .. messages],
            Tools = InputMessage.Objects(Tool),
            Documents = InputMessage.Objects(Document),
            Variables = TemplateVariable?.Keys.Cast<object>().ToDictionary(key => $"{key}", key => ObjectJson.Of(TemplateVariable[key]), StringComparer.Ordinal),
            TemplateName = TemplateFile() is null ? ChatTemplate : null,
        };
    }

    private Chat.ChatTemplate Template() => TemplateFile() is not { } file
        ? Opened.RequireChatTemplate()
        : ModelTokenizer.ParseChatTemplate(Text(file), Opened.Folder);

    /// <summary>The file that -ChatTemplate names; null where it names none.</summary>
    private string? TemplateFile()
    {
        if (ChatTemplate is null)
        {
            return null;
        }

        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ChatTemplate);
        return File.Exists(path) || ChatTemplate.EndsWith(".jinja", StringComparison.OrdinalIgnoreCase) ? path : null;
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileUnreadable", $"{file} cannot be read: {error.Message}", error);
        }
    }
}
