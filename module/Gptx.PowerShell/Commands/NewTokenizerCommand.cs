using System.Management.Automation;
using Gptx.Checkpoints;
using Gptx.Tokenization.Training;

namespace Gptx.PowerShell;

/// <summary>New-Tokenizer: learns a tokenizer from texts and writes it as tokenizer.json.</summary>
[Cmdlet(VerbsCommon.New, "Tokenizer", SupportsShouldProcess = true, DefaultParameterSetName = FromText)]
[OutputType(typeof(TrainingSummary))]
public sealed class NewTokenizerCommand : GptxCmdlet
{
    private const string FromText = "Text";
    private const string FromPath = "Path";
    private const int CharactersOfBatch = 1 << 20;
    private readonly List<string> _texts = [];
    private TokenizerTrainer? _trainer;
    private TrainingProgressRecord? _progress;
    private string _destination = "";
    private int _characters;

    /// <summary>Texts: strings, objects with a property Text, Content or Line, or files, whose lines are a text each.</summary>
    [Parameter(ParameterSetName = FromText, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The property of an object that holds its text.</summary>
    [Parameter(ParameterSetName = FromText)]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>Files of text, UTF-8, whose lines are a text each; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FromPath, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The tokenizer.json to write, whole or not at all.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Tokens of the vocabulary, special ones and the alphabet included. Default 30000.</summary>
    [Parameter]
    [ValidateRange(1, TokenizerTrainingOptions.LargestVocabulary)]
    public int VocabularySize { get; set; } = new TokenizerTrainingOptions().VocabularySize;

    /// <summary>Bpe, on bytes, as GPT-2's (default), or WordPiece, as BERT's.</summary>
    [Parameter]
    public TokenizerModelKind Kind { get; set; }

    /// <summary>Makes letters small first; of WordPiece also without accents.</summary>
    [Parameter]
    public SwitchParameter Lowercase { get; set; }

    /// <summary>A tokenizer.json, or its folder, from which all but the vocabulary is taken, in place of Kind and Lowercase.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Like { get; set; }

    /// <summary>Tokens that come first and are never split. Default: none; of WordPiece [PAD], [UNK], [CLS], [SEP] and [MASK].</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SpecialToken { get; set; }

    /// <summary>How often a pair must be seen to be merged. Default 0.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinFrequency { get; set; }

    /// <summary>Characters that the alphabet may have; the most frequent stay. Default: all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? LimitAlphabet { get; set; }

    /// <summary>Characters that are in the alphabet whatever the texts have. Default: the 256 bytes where the tokenizer works on bytes.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? InitialAlphabet { get; set; }

    /// <summary>Pairs that would be as long as this are not merged. Default: no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokenLength { get; set; }

    /// <summary>What stands before a piece within a word. Default: of WordPiece ##.</summary>
    [Parameter]
    public string? SubwordPrefix { get; set; }

    /// <summary>What stands behind a piece that ends a word. Default: nothing.</summary>
    [Parameter]
    public string? WordSuffix { get; set; }

    /// <summary>Threads that count words; 0 (default) is one a processor. The result is the same.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Replaces the file if it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _destination = GetUnresolvedProviderPathFromPSPath(Destination);
        if (!ShouldProcess(_destination, "Learn a tokenizer and write it"))
        {
            return;
        }

        ForCommand(Destination, () =>
        {
            if (File.Exists(_destination) && !Force)
            {
                throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputExists", $"{_destination} exists already: -Force replaces it");
            }

            _trainer = new TokenizerTrainer(Blueprint(), Options());
        });
        _progress = new TrainingProgressRecord(WriteProgress);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_trainer is null)
        {
            return;
        }

        if (ParameterSetName == FromPath)
        {
            foreach (var file in Path.SelectMany(Files))
            {
                ForCommand(file, () => AddLines(file));
            }

            return;
        }

        if (Property is null && InputObject?.BaseObject is FileInfo lines)
        {
            ForCommand(lines.FullName, () => AddLines(lines.FullName));
            return;
        }

        string? text = null;
        if (ForRow(InputObject, () => text = InputText.Of(InputObject, Property)))
        {
            ForCommand(InputObject, () => Add(text!));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_trainer is null)
        {
            return;
        }

        ForCommand(Destination, () =>
        {
            AddPending();
            var trained = _trainer.Train(_progress, Cancellation);
            AtomicFile.Write(_destination, Force, trained.WriteTo);
            _progress!.Complete();
            WriteObject(trained.Summary(_destination));
        });
    }

    private TokenizerBlueprint Blueprint()
    {
        if (Like is null)
        {
            return Kind == TokenizerModelKind.WordPiece ? TokenizerBlueprint.WordPiece(Lowercase) : TokenizerBlueprint.ByteLevelBpe(Lowercase);
        }

        return MyInvocation.BoundParameters.ContainsKey(nameof(Kind)) || Lowercase
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "-Like names a tokenizer.json, whose kind and case are taken: leave -Kind and -Lowercase out")
            : TokenizerBlueprint.Load(GetUnresolvedProviderPathFromPSPath(Like));
    }

    private TokenizerTrainingOptions Options() => new()
    {
        VocabularySize = VocabularySize,
        MinFrequency = MinFrequency,
        SpecialTokens = SpecialToken,
        LimitAlphabet = LimitAlphabet,
        InitialAlphabet = InitialAlphabet,
        MaxTokenLength = MaxTokenLength,
        ContinuingSubwordPrefix = SubwordPrefix,
        EndOfWordSuffix = WordSuffix,
        Threads = Threads,
    };

    private IEnumerable<string> Files(string path) => GetResolvedProviderPathFromPSPath(path, out _);

    private void Add(string text)
    {
        _texts.Add(text);
        _characters += text.Length;
        if (_characters >= CharactersOfBatch)
        {
            AddPending();
        }
    }

    private void AddPending()
    {
        _trainer!.Add(_texts, _progress, Cancellation);
        _texts.Clear();
        _characters = 0;
    }

    private void AddLines(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            _trainer!.Add(TextLines.Of(reader), _progress, Cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "FileUnreadable", $"{path} cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }
}
