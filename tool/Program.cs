namespace Gptx.Tool;

/// <summary>Where the process begins: its own streams, and Ctrl+C.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var interrupt = new Interrupt();
        using var around = Surroundings.OfProcess(interrupt);
        return CommandLine.Run(args, around, interrupt.Token);
    }
}
