using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// What encoders share beside their blocks: embedding by token, text and position, and the heads. T tokens, D width, E width of the embeddings,
/// V vocabulary, C classes; a value of a whole text has one row, [D].
/// </summary>
/// <param name="config">The checkpoint's config.</param>
/// <param name="tensors">The checkpoint's tensors.</param>
/// <param name="shape">Its sizes.</param>
/// <param name="epsilon">What norms add to the variance.</param>
internal sealed class Encoder(ModelConfig config, CheckpointTensors tensors, ModelShape shape, float epsilon) : Blocks(config, tensors, shape, isCausal: false)
{
    private string _tokenTable = "";
    private int _tokenWidth;
    private string? _positionTable;
    private int _firstPosition;
    private int _tokenTypes;
    private IReadOnlyList<string>? _labels;

    /// <summary>norm(tokens + types + positions), [T, E]; the padding token is given where positions are counted over the others.</summary>
    public Value Embed(string name, int width, bool hasTypes, int? paddingToken = null)
    {
        (_tokenTable, _tokenWidth) = ($"{name}.word_embeddings.weight", width);
        (_positionTable, _firstPosition) = ($"{name}.position_embeddings.weight", (paddingToken + 1) ?? 0);
        var tokens = Graph.Tokens();
        var positions = paddingToken is { } padding ? Graph.CountedPositions(tokens, padding) : Graph.Positions();
        var sum = Graph.Name(ActivationName.Embed, Graph.Embedding(tokens, Weight(_tokenTable, Shape.VocabularySize, width)));
        if (hasTypes)
        {
            _tokenTypes = Config.FindSize("type_vocab_size") ?? 2;
            var types = Graph.Embedding(Graph.TokenTypes(), Weight($"{name}.token_type_embeddings.weight", _tokenTypes, width));
            sum = Graph.Add(sum, Graph.Name(ActivationName.TokenTypeEmbed, types));
        }

        var rows = Graph.Embedding(positions, Weight(_positionTable, Shape.ContextLength + _firstPosition, width));
        return Norm(Graph.Add(sum, Graph.Name(ActivationName.PositionEmbed, rows)), $"{name}.LayerNorm");
    }

    /// <summary>norm(tokens), [T, D]: where positions are turned, not learned.</summary>
    public Value EmbedTokens(string table, string norm, bool bias)
    {
        _tokenTable = table + ".weight";
        var tokens = Graph.Embedding(Graph.Tokens(), Weight(_tokenTable, Shape.VocabularySize, Shape.Width));
        return LayerNorm(Graph.Name(ActivationName.Embed, tokens), norm, epsilon, bias);
    }

    /// <summary>Attention over projections of the given names, before the output projection: z, [T, D].</summary>
    public Value Attend(int block, Value x, string query, string key, string value, Value? scoreBias = null) => Attend(
        block,
        Linear(x, query, Shape.Width, bias: true),
        Linear(x, key, Shape.Width, bias: true),
        Linear(x, value, Shape.Width, bias: true),
        new AttentionOptions { ScoreBias = scoreBias });

    /// <summary>A norm with scale and bias.</summary>
    public Value Norm(Value x, string name) => LayerNorm(x, name, epsilon);

    /// <summary>Fill-mask: norm(f(dense(x))) over the token table or a decoder of its own, and the first of the biases that is there.</summary>
    public void FillMask(Value x, string dense, string norm, ActivationFunction function, string decoder, params IReadOnlyList<string> biases)
    {
        Unembed(Norm(Graph.Activation(Linear(x, dense, _tokenWidth, bias: true), function), norm), decoder, biases);
    }

    /// <summary>Logits over the vocabulary, [T, V].</summary>
    public void Unembed(Value x, string decoder, IReadOnlyList<string> biases)
    {
        var isTied = Config.FindBoolean("tie_word_embeddings") ?? true;
        var order = isTied ? biases : [.. biases.Reverse()];
        var bias = order.Count == 0 ? null : Weight(order.FirstOrDefault(name => Tensors.Find(name) is not null) ?? order[0], Shape.VocabularySize);
        var table = Weight(isTied ? _tokenTable : decoder + ".weight", Shape.VocabularySize, x.Width);
        Graph.Name(ActivationName.Logits, Graph.Linear(x, table, bias, WeightLayout.OutIn));
    }

    /// <summary>f(dense(first token)), one row a text.</summary>
    public Value First(Value x, string dense, ActivationFunction function) => Graph.Activation(Linear(Graph.FirstToken(x), dense, x.Width, bias: true), function);

    /// <summary>The pooler: tanh(dense(first token)), [D].</summary>
    public Value Pool(Value x, string dense) => Graph.NameText(ActivationName.PoolerOutput, First(x, dense, ActivationFunction.Tanh));

    /// <summary>Classes of whole texts, [C].</summary>
    public void ClassifyText(Value pooled, string classifier) => Graph.NameText(ActivationName.Logits, Classify(pooled, classifier));

    /// <summary>Classes of tokens, [T, C].</summary>
    public void ClassifyTokens(Value x, string classifier) => Graph.Name(ActivationName.Logits, Classify(x, classifier));

    /// <summary>Where an answer begins and ends, [T, 1] each.</summary>
    public void AnswerQuestion(Value x, string outputs)
    {
        var ends = Graph.Split(Linear(x, outputs, 2, bias: true), 1, 1);
        Graph.Name(ActivationName.StartLogits, ends[0]);
        Graph.Name(ActivationName.EndLogits, ends[1]);
    }

    /// <summary>The heads that all but a few have alike: classes of tokens and the ends of an answer. True if the task is one of them.</summary>
    public bool TokenHead(ModelTask task, Value x)
    {
        switch (task)
        {
            case ModelTask.ClassifyTokens:
                ClassifyTokens(x, "classifier");
                return true;
            case ModelTask.AnswerQuestion:
                AnswerQuestion(x, "qa_outputs");
                return true;
            default:
                return false;
        }
    }

    /// <summary>The finished encoder.</summary>
    public Transformer Finish(ModelTask task) => new(
        Config.ModelType,
        Shape,
        Graph,
        Tensors.Find(_tokenTable)!,
        _positionTable is { } positions ? Tensors.Find(positions) : null,
        _firstPosition,
        task,
        _labels,
        _tokenTypes);

    private Value Classify(Value x, string classifier)
    {
        var count = LabelNames.Count(Config);
        var scores = Linear(x, classifier, count, bias: true);
        _labels = LabelNames.Read(Config, count);
        return scores;
    }
}
