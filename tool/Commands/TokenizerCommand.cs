using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenizer: what a tokenizer is.</summary>
internal sealed class TokenizerCommand : Command
{
    public TokenizerCommand()
        : base("tokenizer", "Describe a tokenizer.")
    {
        Subcommands.Add(new TokenizerInfoCommand());
    }
}
