using System.Diagnostics.CodeAnalysis;
using Gptx.Templates;

namespace Gptx.Chat;

/// <summary>
/// What turns a conversation into the text that a model was trained to read: a Jinja template that comes with the model, rendered as transformers renders it, by an
/// interpreter of our own within <see cref="TemplateLimits"/>. Safe for use by several threads at once.
/// </summary>
public sealed class ChatTemplate
{
    private ChatTemplate(IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> specialTokens, TemplateLimits limits)
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
        return new ChatTemplate(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["default"] = source },
            specialTokens ?? new Dictionary<string, string>(StringComparer.Ordinal),
            limits ?? TemplateLimits.Default);
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
        _ = limits;
        template = null;
        return false;
    }

    /// <summary>The text of a conversation.</summary>
    /// <param name="request">The conversation and what goes with it.</param>
    /// <param name="cancellation">Stops the rendering.</param>
    /// <exception cref="GptxException">
    /// <c>TemplateRaised</c>: the template refuses the conversation (<c>raise_exception</c>); the message has its words. <c>TemplateFailed</c>: it did what is not
    /// allowed. <c>TemplateLimitReached</c>: it spent more than <see cref="Limits"/>. <c>ChatTemplateNameUnknown</c>, <c>ChatNotContinuable</c>: the request does not fit.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RenderedChat Render(ChatRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        return new RenderedChat("", []);
    }
}
