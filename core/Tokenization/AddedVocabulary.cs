namespace Gptx.Tokenization;

/// <summary>The added tokens, numbered as the reference numbers them.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<int, AddedToken> _tokens = [];
    private readonly Dictionary<int, string> _decoded = [];
    private readonly HashSet<string> _special = [];

    /// <summary>
    /// Numbers tokens in their order: one that the model knows keeps the model's id, the others count on from the model's size. A text
    /// listed twice has the flags of its last entry. Empty ones are ignored.
    /// </summary>
    public AddedVocabulary(IEnumerable<AddedToken> tokens, TokenTable model, INormalizer? normalizer)
    {
        int next = model.Count;
        foreach (AddedToken token in tokens.Where(token => token.Content.Length > 0))
        {
            if (!_ids.TryGetValue(token.Content, out int id) && !model.TryGetId(token.Content, out id))
            {
                id = next++;
            }

            _ids[token.Content] = id;
            _tokens[id] = token with { Id = id };
            _decoded[id] = token.Normalized && normalizer is not null ? normalizer.Normalize(new AlignedText(token.Content)).ToString() : token.Content;
            if (token.Special)
            {
                _special.Add(token.Content);
            }
        }
    }

    public IReadOnlyDictionary<string, int> Ids => _ids;

    public IReadOnlyDictionary<int, AddedToken> Tokens => _tokens;

    /// <summary>What decoding makes of each token: its text as it was looked for, which a normalizer may have changed.</summary>
    public IReadOnlyDictionary<int, string> Decoded => _decoded;

    public bool IsSpecial(string token) => _special.Contains(token);
}
