namespace Gptx.Tokenization.Training;

/// <summary>Writes a tokenizer.json: the blueprint's parts as they were, the vocabulary and merges that were learnt. Members stand in the reference's order, on one line.</summary>
internal sealed class TokenizerJsonWriter(TextWriter writer, TokenizerBlueprint blueprint, TokenizerTrainingOptions options)
{
    private readonly CompactJson _json = new(writer);
    private readonly string[] _special = [.. options.SpecialTokens!.Distinct()];

    /// <summary>Refuses parts that cannot be written again: they hold text that is no valid Unicode, in members that nobody reads.</summary>
    public static void CheckParts(TokenizerBlueprint blueprint)
    {
        var nowhere = new CompactJson(TextWriter.Null);
        foreach (string name in (string[])["truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"])
        {
            try
            {
                nowhere.Element(blueprint.Parts.Find(name)?.Element);
            }
            catch (InvalidOperationException error)
            {
                throw TokenizerErrors.Unreadable($"{blueprint.Parts.Path}.{name}", "a string is not valid Unicode", error);
            }
        }
    }

    public void Write(LearntVocabulary learnt)
    {
        var references = new TokenReferences(_special);
        _json.Begin('{');
        _json.Name("version").Text("1.0");
        Part("truncation");
        _json.Name("padding").Element(references.OfPadding(blueprint.Parts.Find("padding")));
        _json.Name("added_tokens");
        AddedTokens();
        Part("normalizer");
        Part("pre_tokenizer");
        _json.Name("post_processor").Element(references.OfPostProcessor(blueprint.Parts.Find("post_processor")));
        Part("decoder");
        _json.Name("model").Begin('{');
        if (blueprint.Kind == TokenizerModelKind.Bpe)
        {
            Bpe(learnt);
        }
        else
        {
            WordPiece(learnt);
        }

        _json.End('}');
        _json.End('}');
    }

    private void Bpe(LearntVocabulary learnt)
    {
        _json.Name("type").Text("BPE");
        Setting("dropout");
        Setting("unk_token");
        Mark("continuing_subword_prefix", options.ContinuingSubwordPrefix);
        Mark("end_of_word_suffix", options.EndOfWordSuffix);
        Setting("fuse_unk", "false");
        Setting("byte_fallback", "false");
        Setting("ignore_merges", "false");
        Vocabulary(learnt.Tokens);
        _json.Name("merges").Begin('[');
        foreach (TokenPair merge in learnt.Merges)
        {
            _json.Begin('[');
            _json.Item().Text(learnt.Tokens[merge.Left]);
            _json.Item().Text(learnt.Tokens[merge.Right]);
            _json.End(']');
        }

        _json.End(']');
    }

    private void WordPiece(LearntVocabulary learnt)
    {
        _json.Name("type").Text("WordPiece");
        Setting("unk_token", "\"[UNK]\"");
        _json.Name("continuing_subword_prefix").Text(options.ContinuingSubwordPrefix ?? "##");
        Setting("max_input_chars_per_word", "100");
        Vocabulary(learnt.Tokens);
    }

    private void Vocabulary(IReadOnlyList<string> tokens)
    {
        _json.Name("vocab").Begin('{');
        for (int id = 0; id < tokens.Count; id++)
        {
            _json.Name(tokens[id]).Raw($"{id}");
        }

        _json.End('}');
    }

    private void AddedTokens()
    {
        _json.Begin('[');
        for (int id = 0; id < _special.Length; id++)
        {
            // Special tokens have the first ids. One that the blueprint knows keeps its flags.
            AddedToken token = blueprint.AddedTokens.FirstOrDefault(known => known.Content == _special[id]) ?? new AddedToken(_special[id]);
            _json.Item().Begin('{');
            _json.Name("id").Raw($"{id}");
            _json.Name("content").Text(token.Content);
            _json.Name("single_word").Flag(token.SingleWord);
            _json.Name("lstrip").Flag(token.LeftStrip);
            _json.Name("rstrip").Flag(token.RightStrip);
            _json.Name("normalized").Flag(token.Normalized);
            _json.Name("special").Flag(value: true);
            _json.End('}');
        }

        _json.End(']');
    }

    private void Part(string name) => _json.Name(name).Element(blueprint.Parts.Find(name)?.Element);

    private void Setting(string name, string otherwise = "null")
    {
        if (blueprint.Parts.Setting(name) is { } setting)
        {
            _json.Name(name).Element(setting.Element);
        }
        else
        {
            _json.Name(name).Raw(otherwise);
        }
    }

    private void Mark(string name, string? mark)
    {
        if (string.IsNullOrEmpty(mark))
        {
            _json.Name(name).Raw("null");
        }
        else
        {
            _json.Name(name).Text(mark);
        }
    }
}
