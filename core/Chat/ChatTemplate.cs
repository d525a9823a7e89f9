using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Gptx.Templates;

namespace Gptx.Chat;

/// <summary>
/// What turns a conversation into the text that a model was trained to read: a Jinja template that comes with the model, rendered as transformers renders it, by an
/// interpreter of our own within <see cref="TemplateLimits"/>. Safe for use by several threads at once.
/// </summary>
public sealed class ChatTemplate
{
    private const string DefaultName = "default";
    private readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);

    internal ChatTemplate(IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> specialTokens, TemplateLimits limits)
    {
        Sources = sources;
        SpecialTokens = specialTokens;
        Limits = limits;
    }

    /// <summary>The templates by name; the one that is meant without a name is <c>default</c>.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>The special tokens that the template may name: <c>bos_token</c>, <c>eos_token</c> and others, with their text.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; }

    /// <summary>What one rendering may spend.</summary>
    public TemplateLimits Limits { get; }

    /// <summary>Reads a template from its source, for example <c>tokenizer.chat_template</c> of a GGUF file.</summary>
    /// <param name="source">The Jinja template.</param>
    /// <param name="specialTokens">Names such as <c>bos_token</c> and their text; a name that is not given is undefined in the template.</param>
    /// <param name="limits">What one rendering may spend; null for <see cref="TemplateLimits.Default"/>.</param>
    /// <exception cref="GptxException"><c>TemplateSyntaxInvalid</c>: it is no template; the message says where and why. <c>TemplateLimitReached</c>: it is too long or nested too deeply.</exception>
    public static ChatTemplate Parse(string source, IReadOnlyDictionary<string, string>? specialTokens = null, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var template = new ChatTemplate(
            new Dictionary<string, string>(StringComparer.Ordinal) { [DefaultName] = source },
            specialTokens ?? new Dictionary<string, string>(StringComparer.Ordinal),
            limits ?? TemplateLimits.Default);
        template.Parsed(DefaultName);
        return template;
    }

    /// <summary>
    /// Reads the template of a checkpoint's folder: <c>chat_template.jinja</c> and <c>additional_chat_templates/NAME.jinja</c>, else <c>chat_template.json</c>, else
    /// <c>chat_template</c> in <c>tokenizer_config.json</c>; special tokens from <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c>.
    /// </summary>
    /// <exception cref="GptxException"><c>ChatTemplateNotFound</c>: the folder has none. <c>ChatTemplateUnreadable</c>: one of the files is damaged. Also those of <see cref="Parse"/>.</exception>
    public static ChatTemplate Load(string folder, TemplateLimits? limits = null) => TryFind(folder, out var template, limits)
        ? template
        : throw new GptxException(GptxErrorKind.ModelNotLoadable, "ChatTemplateNotFound", $"'{folder}' has no chat template: no chat_template.jinja, and none in chat_template.json or tokenizer_config.json.");

    /// <summary>As <see cref="Load"/>, but false where the folder has no template.</summary>
    /// <exception cref="GptxException">There is a template, and it cannot be read.</exception>
    public static bool TryFind(string folder, [NotNullWhen(true)] out ChatTemplate? template, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        limits ??= TemplateLimits.Default;
        var sources = ChatTemplateFiles.Sources(folder, limits);
        template = sources.Count == 0 ? null : Of(sources, SpecialTokenFiles.Read(folder), limits);
        return template is not null;
    }

    /// <summary>Templates by name; the one that is meant without a name is read at once.</summary>
    internal static ChatTemplate Of(IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> specialTokens, TemplateLimits? limits)
    {
        var template = new ChatTemplate(sources, specialTokens, limits ?? TemplateLimits.Default);
        if (sources.ContainsKey(DefaultName))
        {
            template.Parsed(DefaultName);
        }

        return template;
    }

    /// <summary>The text of a conversation.</summary>
    /// <param name="request">The conversation and what goes with it.</param>
    /// <param name="cancellation">Stops the rendering.</param>
    /// <exception cref="GptxException">
    /// <c>TemplateRaised</c>: the template refuses the conversation (<c>raise_exception</c>); the message has its words. <c>TemplateFailed</c>: it did what is not
    /// allowed. <c>TemplateLimitReached</c>: it spent more than <see cref="Limits"/>. <c>ChatTemplateNameUnknown</c>, <c>ChatVariableTaken</c>, <c>ChatToolInvalid</c>,
    /// <c>ChatDocumentInvalid</c>, <c>ChatNotContinuable</c>: the request does not fit.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RenderedChat Render(ChatRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        RequestCheck.Check(request);
        var template = Parsed(NameFor(request));
        var continuation = request.ContinueFinalMessage ? new ContinuedMessage() : null;
        var rendered = template.Render(run => RequestVariables.Of(request, SpecialTokens, continuation, run), request.Clock, cancellation);
        var text = continuation is null ? rendered.Text : continuation.Cut(rendered.Text);
        return new RenderedChat(text, Spans(rendered.Spans, text));
    }

    private static List<GenerationSpan> Spans(IReadOnlyList<GeneratedSpan> spans, string text)
    {
        var shown = new List<GenerationSpan>(spans.Count);
        foreach (var span in spans)
        {
            var start = Math.Min(span.Start, text.Length);
            var length = Math.Min(span.Length, text.Length - start);
            var lost = start == span.Start && length == span.Length ? 0 : span.CodePointLength;
            shown.Add(lost == 0
                ? new GenerationSpan(start, length, span.CodePointStart, span.CodePointStart + span.CodePointLength)
                : Cut(start, length, text));
        }

        return shown;
    }

    private static GenerationSpan Cut(int start, int length, string text)
    {
        var before = start - OutputText.LowSurrogates(text[..start]);
        return new GenerationSpan(start, length, before, before + length - OutputText.LowSurrogates(text.Substring(start, length)));
    }

    private Template Parsed(string name) => _parsed.TryGetValue(name, out var parsed) ? parsed : _parsed.GetOrAdd(name, Template.Parse(Sources[name], Limits));

    // As transformers chooses: what is asked for, else 'tool_use' where there are tools, else 'default'.
    private string NameFor(ChatRequest request)
    {
        if (request.TemplateName is { } wanted)
        {
            return Sources.ContainsKey(wanted) ? wanted : throw Unknown($"There is no chat template '{wanted}'");
        }

        if (request.Tools is not null && Sources.ContainsKey("tool_use"))
        {
            return "tool_use";
        }

        return Sources.ContainsKey(DefaultName) ? DefaultName : throw Unknown("There are several chat templates and none is the default");
    }

    private GptxException Unknown(string message) => new(GptxErrorKind.InvalidArgument, "ChatTemplateNameUnknown", $"{message}; there are: {string.Join(", ", Sources.Keys.Order(StringComparer.Ordinal))}.");
}
