using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx explain: a part of a model at work, step by step.</summary>
internal sealed class ExplainCommand : Command
{
    public ExplainCommand()
        : base("explain", "Walk through a part of a model with its own numbers.") => Subcommands.Add(new ExplainAttentionCommand());
}
