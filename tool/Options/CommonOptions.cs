using System.CommandLine;

namespace Gptx.Tool.Options;

/// <summary>The options of a command that runs texts through a model: which texts, which model, which output.</summary>
internal sealed class CommonOptions(Command command, string argument = "TEXT", string description = "Texts; without any they come from --input, or from standard input.")
{
    public TextOptions Texts { get; } = new(command, argument, description);

    public ModelOptions Models { get; } = new(command);

    public OutputOptions Output { get; } = new(command);
}
