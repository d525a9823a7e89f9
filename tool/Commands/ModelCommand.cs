using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx model: what a model is, and whether it computes what it should.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Describe a model, or verify it.")
    {
        Subcommands.Add(new ModelInfoCommand());
        Subcommands.Add(new ModelVerifyCommand());
    }
}
