using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx model: which models there are, what a model is, and whether it computes what it should.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Pull models from the hub, list, remove, describe or verify them.")
    {
        Subcommands.Add(new ModelPullCommand());
        Subcommands.Add(new ModelListCommand());
        Subcommands.Add(new ModelRemoveCommand());
        Subcommands.Add(new ModelPathCommand());
        Subcommands.Add(new ModelInfoCommand());
        Subcommands.Add(new ModelVerifyCommand());
    }
}
