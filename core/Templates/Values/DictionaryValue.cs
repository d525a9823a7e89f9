namespace Gptx.Templates;

/// <summary>A dictionary that keeps the order in which keys came. Nothing in a template can change it.</summary>
internal sealed class DictionaryValue(Rendering run) : TemplateValue
{
    private readonly Dictionary<TemplateValue, int> _places = new(run.Keys);

    public List<KeyValuePair<TemplateValue, TemplateValue>> Pairs { get; } = [];

    public override string TypeName => "dict";

    public override bool IsHashable => false;

    /// <summary>Sets a key while the dictionary is being made; a key that is there keeps its place and takes the new value.</summary>
    public void Set(TemplateValue key, TemplateValue value)
    {
        run.Budget.Memory(64);
        if (_places.TryGetValue(key, out var place))
        {
            Pairs[place] = new(Pairs[place].Key, value);
        }
        else
        {
            _places.Add(key, Pairs.Count);
            Pairs.Add(new(key, value));
        }
    }

    public TemplateValue? Get(TemplateValue key) => _places.TryGetValue(key, out var place) ? Pairs[place].Value : null;

    public TemplateValue? Get(string key) => Get(new TextValue(key));

    public override bool IsTrue(Rendering run) => Pairs.Count > 0;

    public override long? Length(Rendering run) => Pairs.Count;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Pairs.Select(pair => pair.Key).GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => DictionaryMethods.Find(this, name);

    public override TemplateValue? Item(TemplateValue key, Rendering run) => key.IsHashable && key is not SliceValue ? Get(key) : null;

    public override void Show(BoundedText into, Rendering run)
    {
        run.Budget.Enter();
        into.Append('{');
        for (var i = 0; i < Pairs.Count; i++)
        {
            run.Budget.Step();
            if (i > 0)
            {
                into.Append(", ");
            }

            Pairs[i].Key.Show(into, run);
            into.Append(": ");
            Pairs[i].Value.Show(into, run);
        }

        into.Append('}');
        run.Budget.Leave();
    }
}
