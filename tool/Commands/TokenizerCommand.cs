using System.CommandLine;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenizer: tokenizers themselves, apart from any text.</summary>
internal sealed class TokenizerCommand : Command
{
    public TokenizerCommand()
        : base("tokenizer", "Describe or train a tokenizer.")
    {
        Subcommands.Add(new TokenizerInfoCommand());
        Subcommands.Add(new TokenizerTrainCommand());
    }
}
