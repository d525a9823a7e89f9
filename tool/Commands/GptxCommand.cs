using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>A command of gptx with its examples.</summary>
internal abstract class GptxCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines as a person would write them, for the help.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    public abstract int Execute(Invocation run);
}
