using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx model: which models there are, what a model is, whether it computes what it should, how far it is from another, and the same in another format.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Pull models from the hub, list, remove, describe, verify, compare or convert them.")
    {
        Subcommands.Add(new ModelPullCommand());
        Subcommands.Add(new ModelListCommand());
        Subcommands.Add(new ModelRemoveCommand());
        Subcommands.Add(new ModelPathCommand());
        Subcommands.Add(new ModelInfoCommand());
        Subcommands.Add(new ModelVerifyCommand());
        Subcommands.Add(new ModelCompareCommand());
        Subcommands.Add(new ModelConvertCommand());
    }
}
