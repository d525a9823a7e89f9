using System.Text;
using Gptx.Chat;
using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>
/// A conversation with a model that goes on from turn to turn. Where it is longer than the context, its oldest turns are left out of what the
/// model reads; a system message at the beginning stays. For one thread at a time.
/// </summary>
public sealed class ChatSession : IDisposable
{
    private const string System = "system";
    private const string User = "user";
    private readonly LanguageModel _model;
    private readonly ChatTemplate _template;
    private readonly ReadConversation _read;

    /// <summary>Begins a conversation.</summary>
    /// <param name="model">The model.</param>
    /// <param name="template">The chat template; null for the model's own.</param>
    /// <exception cref="GptxException"><c>ChatTemplateMissing</c>; <c>TokenizerMissing</c>.</exception>
    public ChatSession(LanguageModel model, ChatTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _template = template ?? model.RequireChatTemplate();
        _read = new ReadConversation(model);
        model.RequireTokenizer();
    }

    /// <summary>The conversation so far; callers may change it between answers.</summary>
    public IList<ChatMessage> Messages { get; } = [];

    /// <summary>What goes with the conversation: tools, documents, variables. Its own messages do not count.</summary>
    public ChatRequest Request { get; init; } = new() { Messages = [] };

    /// <summary>How many messages the last prompt left out, since the context is full.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Number of tokens of the last prompt.</summary>
    public int PromptTokens { get; private set; }

    /// <summary>How many tokens of the last prompt had been read in the turn before and were not computed again.</summary>
    public int ReusedTokens => _read.Reused;

    /// <summary>
    /// Answers the conversation, token by token; the answer becomes its last message, what there is of it also where the caller stops early or cancels.
    /// </summary>
    /// <param name="options">How tokens are chosen and when to stop; one continuation.</param>
    /// <param name="cancellation">Stops the answer.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; <c>PromptFillsContext</c>: the last turn alone is too long; those of <see cref="ChatTemplate.Render"/>.</exception>
    public IEnumerable<GenerationStep> Answer(GenerationOptions options, CancellationToken cancellation = default)
    {
        if (options.Beams > 1)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "OptionOutOfRange",
                $"beams {options.Beams} is not allowed in a session, which answers token by token: generate one answer at a time for beams");
        }

        var settings = TextGenerator.Settings(_model, ChatReply.Defaults(options with { Count = 1, Beams = 1 }, _model.Checkpoint.GenerationConfig));
        var prompt = Prompt(settings, cancellation);
        PromptTokens = prompt.Count;
        return Steps(prompt, settings, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();

    private IEnumerable<GenerationStep> Steps(TokenSequence prompt, SamplingSettings settings, CancellationToken cancellation)
    {
        // Each turn draws its own numbers.
        var turn = Messages.Count(message => message.Role == User);
        var answer = new ContinuationInProgress(_model, prompt, settings, turn, 0);
        var text = new StringBuilder();
        var isWhole = false;
        try
        {
            var step = answer.Take(_read.Read(prompt.Ids, settings.MaxTokens, settings.Interventions, cancellation));
            while (true)
            {
                text.Append(step.Text);
                isWhole = step.Finished is not null;
                yield return step;
                if (isWhole)
                {
                    yield break;
                }

                cancellation.ThrowIfCancellationRequested();
                step = answer.Take(_read.Step(step.Token.Id, cancellation));
            }
        }
        finally
        {
            if (isWhole || text.Length > 0)
            {
                Messages.Add(new ChatMessage("assistant", text.ToString()));
            }
        }
    }

    private TokenSequence Prompt(SamplingSettings settings, CancellationToken cancellation)
    {
        var context = _model.Shape.ContextLength;
        var room = Math.Min(settings.MaxTokens, Math.Max(1, context / 4));
        List<ChatMessage> messages = [.. Messages];
        while (true)
        {
            var prompt = TokenSequence.FromChat(_model, _template, Request with { Messages = [.. messages] }, cancellation);
            LeftOut = Messages.Count - messages.Count;
            if (prompt.Count + room <= context)
            {
                return prompt;
            }

            if (!DropOldestTurn(messages))
            {
                return prompt.Count < context ? prompt : throw new GptxException(
                    GptxErrorKind.InvalidInput,
                    "PromptFillsContext",
                    $"the last turn alone has {prompt.Count} tokens: this model's context is {context}, and an answer needs room; shorten it");
            }
        }
    }

    // The oldest turn goes from a user's message to before the next one's. The last turn cannot go.
    private static bool DropOldestTurn(List<ChatMessage> messages)
    {
        var first = messages.TakeWhile(message => message.Role == System).Count();
        var next = messages.FindIndex(Math.Min(first + 1, messages.Count), message => message.Role == User);
        if (next < 0)
        {
            return false;
        }

        messages.RemoveRange(first, next - first);
        return true;
    }
}
