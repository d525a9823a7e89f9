namespace Gptx.Tool.Commands;

/// <summary>gptx merge: makes the output of a job whose shards are done. Behind it stands the command with which they were run, without its --shard.</summary>
internal sealed class MergeCommand : GptxCommand
{
    private static readonly string[] Jobs = ["embed", "score", "tokenize", "next", "generate", "fill", "classify", "tag", "answer", "lens"];

    public MergeCommand()
        : base("merge", "Make the output of a job that was done in shards: the bytes of a single run.")
    {
        foreach (var command in CommandTable.Make(Jobs))
        {
            Subcommands.Add(command);
        }
    }

    public override IReadOnlyList<string> Examples => ["gptx merge embed --input notes.txt --out vectors.jsonl"];

    /// <summary>Whether the command that runs stands behind 'merge'.</summary>
    public static bool IsMerging(Invocation run) => run.Parsed.CommandResult.Parent is System.CommandLine.Parsing.CommandResult { Command: MergeCommand };

    public override int Execute(Invocation run) => throw new GptxException(
        GptxErrorKind.InvalidArgument, "UsageInvalid", $"which job? 'gptx merge' stands before the command with which the shards were run: {string.Join(", ", Jobs)}");
}
