namespace Gptx.Templates;

/// <summary>A Jinja template, parsed once and rendered as often as wanted, by several threads at once.</summary>
internal sealed class Template
{
    private const int LongestMessage = 10_000;
    private readonly List<Statement> _body;
    private readonly IReadOnlyDictionary<string, BlockStatement> _blocks;
    private readonly TemplateLimits _limits;

    private Template(List<Statement> body, IReadOnlyDictionary<string, BlockStatement> blocks, TemplateLimits limits)
    {
        _body = body;
        _blocks = blocks;
        _limits = limits;
    }

    /// <summary>Reads a template; what is no template is <c>TemplateSyntaxInvalid</c>, with the line.</summary>
    public static Template Parse(string source, TemplateLimits limits)
    {
        try
        {
            if (source.Length > limits.SourceLength)
            {
                throw TemplateFault.Limit($"its source has more than {limits.SourceLength} characters (limit SourceLength)");
            }

            var (body, blocks) = TemplateParser.Parse(Lexer.Read(source), limits);
            return new Template(body, blocks, limits);
        }
        catch (TemplateFault fault)
        {
            throw Told(fault, fault.Line, GptxErrorKind.ModelNotLoadable);
        }
    }

    /// <summary>Renders it.</summary>
    /// <param name="variables">Gives the variables, in the rendering that is to be charged for them.</param>
    /// <param name="clock">What <c>strftime_now</c> reads.</param>
    /// <param name="cancellation">Stops it.</param>
    public RenderedTemplate Render(Func<Rendering, IEnumerable<KeyValuePair<string, TemplateValue>>> variables, TimeProvider clock, CancellationToken cancellation)
    {
        var run = new Rendering(_limits, clock, cancellation) { Blocks = _blocks };
        try
        {
            foreach (var (name, value) in variables(run))
            {
                run.Root.Set(name, value);
            }

            Statement.Execute(_body, run.Root, run);
            return new RenderedTemplate(run.Whole.ToString(), run.Spans);
        }
        catch (TemplateFault fault)
        {
            throw Told(fault, run.Line, GptxErrorKind.InvalidInput);
        }
    }

    private static GptxException Told(TemplateFault fault, int line, GptxErrorKind kind)
    {
        var message = fault.Message.Length > LongestMessage ? fault.Message[..LongestMessage] + "..." : fault.Message;
        var where = line > 0 ? $" at line {line}" : "";
        return new GptxException(kind, fault.ErrorId, fault.ErrorId switch
        {
            "TemplateRaised" => $"The chat template refuses this conversation{where}: {message}",
            "TemplateLimitReached" => $"The chat template was stopped{where}: {message}.",
            "TemplateSyntaxInvalid" => $"The chat template cannot be read{where}: {message}",
            _ => $"The chat template failed{where}: {fault.Cause}: {message}",
        });
    }
}

/// <summary>A template's text, and what lay in its <c>generation</c> blocks.</summary>
internal sealed record RenderedTemplate(string Text, IReadOnlyList<GeneratedSpan> Spans);
