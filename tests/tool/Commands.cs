using Gptx.Tests.Checkpoints;
using Gptx.Tests.Checkpoints.Hub;
using Gptx.Tests.Prediction;

namespace Gptx.Tests.Tool;

/// <summary>A run of every command that hands out results, by the heading of its fields in docs/output.md.</summary>
internal static class Commands
{
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["generate"] = ["generate", "Once upon", "A king", "--max-tokens", "3", "--seed", "5", "--count", "2", "--alternatives", "2"],
        ["generate --chat"] = ["generate", "--chat", "Once upon", "A king", "--system", "Be brief.", "--chat-template", "TEMPLATE", "--max-tokens", "3", "--seed", "5", "--count", "2", "--alternatives", "2"],
        ["generate --show-prompt"] = ["generate", "--chat", "Once upon", "A king", "--chat-template", "TEMPLATE", "--show-prompt"],
        ["next"] = ["next", "Once upon", "A king", "--top", "3"],
        ["score"] = ["score", "Once upon a time", "A king"],
        ["fill"] = ["fill", "the [MASK] sat on a [MASK] .", "a [MASK]", "--top", "2", "--model", "BertForMaskedLM"],
        ["classify"] = ["classify", "the cat sat", "a dog", "--pair", "the mat", "--model", "BertForSequenceClassification"],
        ["tag"] = ["tag", "Ada Lovelace lived in London.", "--model", "BertForTokenClassification"],
        ["answer"] = ["answer", "where did she live ?", "--context", "Ada Lovelace lived in London.", "--top", "2", "--model", "BertForQuestionAnswering"],
        ["tokenize"] = ["tokenize", "Once upon a time", "naïve 🙂"],
        ["detokenize"] = ["detokenize", "464,1820", "375"],
        ["tokenizer train"] = ["tokenizer", "train", "TEXT", "--vocab-size", "300", "--special-token", "<s>", "--out", "TOKENIZER"],
        ["embed"] = ["embed", "Once upon a time", "A king"],
        ["embed --tokens"] = ["embed", "--tokens", "Once upon"],
        ["embed --positions"] = ["embed", "--positions", "--ids", "0,3"],
        ["nearest"] = ["nearest", "king", "queen", "--top", "3"],
        ["nearest --in"] = ["nearest", "king", "--in", "VECTORS"],
        ["search"] = ["search", "a king", "one", "--in", "VECTORS", "--top", "2"],
        ["duplicates"] = ["duplicates", "Once upon a time", "A king", "Once upon a time"],
        ["outliers"] = ["outliers", "Once upon a time", "A king", "the cat sat", "--top", "2"],
        ["drift"] = ["drift", "TEXT", "OTHER", "--permutations", "19"],
        ["analogy"] = ["analogy", "king - man + woman", "--top", "2"],
        ["odd"] = ["odd", "breakfast", "lunch", "king"],
        ["similarity"] = ["similarity", "king", "queen", "bread"],
        ["project"] = ["project", "king", "queen", "bread", "butter", "--dims", "3"],
        ["group"] = ["group", "king", "queen", "bread", "butter", "--groups", "2"],
        ["analogy --benchmark"] = ["analogy", "--benchmark", "QUESTIONS"],
        ["similarity --benchmark"] = ["similarity", "--benchmark", "PAIRS"],
        ["hidden"] = ["hidden", "Once upon", "--layer", "1"],
        ["attention"] = ["attention", "Once upon", "--block", "0", "--head", "0,1"],
        ["attention --rollout"] = ["attention", "Once upon", "--rollout"],
        ["lens"] = ["lens", "Once upon", "--layer", "0,-1", "--top", "2"],
        ["heads"] = ["heads", "Once upon"],
        ["attribute"] = ["attribute", "Once upon a", "--token", " time"],
        ["attribute --method occlusion"] = ["attribute", "Once upon a", "--method", "occlusion"],
        ["ablate"] = ["ablate", "Once upon a time", "A king", "--block", "1", "--method", "mean"],
        ["patch"] = ["patch", "The king rode", "The queen rode", "--what", "residual,head", "--block", "0,1"],
        ["steer"] = ["steer", "Once upon", "A king", "--block", "1", "--toward", " happy", "--from", " sad", "--factor", "2", "--max-tokens", "3", "--seed", "5", "--count", "2", "--alternatives", "2"],
        ["weights"] = ["weights", "--block", "0", "--bins", "5"],
        ["weights --matrix"] = ["weights", "--matrix", "*.0.mlp.c_fc.weight", "--average", "64"],
        ["explain attention"] = ["explain", "attention", "Once upon", "--block", "1", "--head", "2"],
        ["activation"] = ["activation", "Once upon", "--name", "blocks.0.attn.*"],
        ["tokenizer info"] = ["tokenizer", "info", "Once upon a time"],
        ["model pull"] = ["model", "pull", "org/model"],
        ["model list"] = ["model", "list"],
        ["model list --widened"] = ["model", "list", "--widened"],
        ["model remove --widened"] = ["model", "remove", "--widened", "--yes"],
        ["model list --known"] = ["model", "list", "--known"],
        ["model remove"] = ["model", "remove", "org/model", "--yes"],
        ["model path"] = ["model", "path", "embedded"],
        ["model info"] = ["model", "info"],
        ["model info --parts"] = ["model", "info", "--beside", "gpt2,gpt3"],
        ["model verify"] = ["model", "verify", "GOLDEN"],
        ["model compare"] = ["model", "compare", "embedded", "embedded", "Once upon a time", "A king"],
        ["model convert"] = ["model", "convert", "embedded", "--out", "CONVERTED"],
        ["doctor"] = ["doctor"],
    };

    /// <summary>Where in the one object of --json the results stand that are lines in the other forms.</summary>
    public static IReadOnlyDictionary<string, string> ListOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["project"] = "points", ["group"] = "vectors" };

    /// <summary>A command's arguments, with a folder in place of the class of an encoder.</summary>
    public static IEnumerable<string> Arguments(string heading) => All[heading].Select(arg => arg.StartsWith("BertFor", StringComparison.Ordinal) ? TinyEncoder.FolderOf(arg) : arg);

    /// <summary>Runs a command with more options.</summary>
    public static CommandRun Run(string heading, params string[] options) => Run(new Conditions(), heading, options);

    /// <summary>Runs a command with more options, where it is not the usual; folders of this run are called FOLDER in what it wrote.</summary>
    public static CommandRun Run(Conditions conditions, string heading, params string[] options)
    {
        using var folder = new TemporaryFolder();
        using var hub = new FakeHub().WithModel("org/model");
        var here = conditions with { Variables = new(conditions.Variables) { ["HF_ENDPOINT"] = hub.Address, ["HF_HUB_CACHE"] = folder["hub"] } };
        if (heading is "model list" or "model remove")
        {
            CommandRun.With(here, "model", "pull", "org/model").Succeeded();
        }

        if (heading.EndsWith("--widened", StringComparison.Ordinal))
        {
            here.Variables["GPTX_CACHE"] = WidenedFile.Keep(folder);
        }

        if (heading is "nearest --in" or "search")
        {
            CommandRun.Of("embed", "one", "two", "three", "--out", folder["vectors.jsonl"]).Succeeded();
        }

        string[] args = [.. Arguments(heading).Select(arg => arg switch
        {
            "VECTORS" => folder["vectors.jsonl"],
            "TEXT" => folder.Write("notes.txt", "Once upon a time there was a king.\nThe king was old.\n"),
            "OTHER" => folder.Write("others.txt", "A king\nthe cat sat\nOnce upon a time\n"),
            "TOKENIZER" => folder["tokenizer.json"],
            "CONVERTED" => folder["converted"],
            "TEMPLATE" => folder.Write("chat.jinja", ChatTests.Template),
            "QUESTIONS" => folder.Write("questions.txt", ": family\nman woman king queen\nking queen prince princess\n"),
            "PAIRS" => folder.Write("pairs.tsv", "# pairs\nking\tqueen\t8\nking\tbread\t1\nbread\tbutter\t6\n"),
            "GOLDEN" => GoldenRoot.Folder("checkpoints/gpt2"),
            _ => arg,
        })];
        var run = CommandRun.With(here, [.. args, .. options]).Succeeded();
        return run with { Out = run.Out.Replace(folder.Path, "FOLDER", StringComparison.Ordinal) };
    }
}
