using System.CommandLine;
using System.CommandLine.Help;
using Gptx.Tool.Options;

namespace Gptx.Tool.Commands;

/// <summary>All commands. Only the one that is run is built, where that can be told: options cost time to make.</summary>
internal static class CommandTable
{
    private static readonly (string Name, Func<Command> Make)[] Commands =
    [
        ("generate", () => new GenerateCommand()),
        ("chat", () => new ChatCommand()),
        ("next", () => new NextCommand()),
        ("score", () => new ScoreCommand()),
        ("fill", () => new FillCommand()),
        ("classify", () => new ClassifyCommand()),
        ("tag", () => new TagCommand()),
        ("answer", () => new AnswerCommand()),
        ("tokenize", () => new TokenizeCommand()),
        ("detokenize", () => new DetokenizeCommand()),
        ("tokenizer", () => new TokenizerCommand()),
        ("embed", () => new EmbedCommand()),
        ("search", () => new SearchCommand()),
        ("duplicates", () => new DuplicatesCommand()),
        ("outliers", () => new OutliersCommand()),
        ("drift", () => new DriftCommand()),
        ("nearest", () => new NearestCommand()),
        ("analogy", () => new AnalogyCommand()),
        ("odd", () => new OddCommand()),
        ("similarity", () => new SimilarityCommand()),
        ("project", () => new ProjectCommand()),
        ("group", () => new GroupCommand()),
        ("hidden", () => new HiddenCommand()),
        ("attention", () => new AttentionCommand()),
        ("activation", () => new ActivationCommand()),
        ("merge", () => new MergeCommand()),
        ("lens", () => new LensCommand()),
        ("heads", () => new HeadsCommand()),
        ("attribute", () => new AttributeCommand()),
        ("ablate", () => new AblateCommand()),
        ("patch", () => new PatchCommand()),
        ("steer", GenerateCommand.Steered),
        ("weights", () => new WeightsCommand()),
        ("explain", () => new ExplainCommand()),
        ("model", () => new ModelCommand()),
        ("doctor", () => new DoctorCommand()),
        ("completion", () => new CompletionCommand()),
    ];

    /// <summary>The names of the commands.</summary>
    public static IEnumerable<string> Names => Commands.Select(command => command.Name);

    /// <summary>Commands by their names.</summary>
    public static IEnumerable<Command> Make(IReadOnlyList<string> names) => names.Select(name => Commands.Single(command => command.Name == name).Make());

    /// <summary>The root with the command that the arguments begin with, or with all.</summary>
    public static RootCommand Root(IReadOnlyList<string> args)
    {
        var root = new RootCommand("gptx: language models on the command line. Generates text, and shows tokens, embeddings, attention and probabilities.");
        root.Options.Add(GlobalOptions.Verbose);
        root.Options.Add(GlobalOptions.NoProgress);
        var wanted = Commands.Where(command => args.Count > 0 && command.Name == args[0]).ToArray();
        foreach (var (_, make) in wanted.Length > 0 ? wanted : Commands)
        {
            root.Subcommands.Add(make());
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
