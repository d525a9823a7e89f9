using System.Text;

namespace Gptx.Tool;

/// <summary>What a run sees of the world: its streams, whether they are terminals, and the environment's variables.</summary>
internal sealed class Surroundings : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public required TextReader In { get; init; }

    /// <summary>Opens standard input as bytes.</summary>
    public Func<Stream> InStream { get; init; } = () => throw new NotSupportedException("there are no bytes of standard input");

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool InIsRedirected { get; init; } = true;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>What Ctrl+C does; null where it is not ours to say.</summary>
    public Interrupt? Interrupt { get; init; }

    public Func<string, string?> Variable { get; init; } = _ => null;

    public bool Colour => OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    public static Surroundings OfProcess(Interrupt interrupt)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Utf8;
        }

        var outIsTerminal = !Console.IsOutputRedirected;
        return new Surroundings
        {
            In = new StreamReader(Console.OpenStandardInput(), Utf8),
            InStream = Console.OpenStandardInput,
            Out = new StreamWriter(StandardOutput.Open(), Utf8) { AutoFlush = false },
            Error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true },
            InIsRedirected = Console.IsInputRedirected,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = outIsTerminal ? Math.Max(20, Console.WindowWidth) : 80,
            Interrupt = interrupt,
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>Nothing is closed here: what is left in the buffers was flushed, or nobody reads it.</summary>
    public void Dispose() => Error.Flush();
}
