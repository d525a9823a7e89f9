namespace Gptx.PowerShell;

/// <summary>Gathers texts until it is time to run them together.</summary>
/// <param name="most">The most of them.</param>
/// <param name="run">Runs them.</param>
internal sealed class TextBatches(int most, Action<TextRow[]> run)
{
    private readonly List<TextRow> _gathered = [];
    private readonly BatchGate _gate = new(most);

    /// <summary>Takes a text, and runs what is gathered where it is time to.</summary>
    public void Take(TextRow row)
    {
        _gathered.Add(row);
        if (_gate.Opens(_gathered.Count))
        {
            Flush();
        }
    }

    /// <summary>Runs what is gathered.</summary>
    public void Flush()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        TextRow[] rows = [.. _gathered];
        _gathered.Clear();
        run(rows);
        _gate.Passed();
    }
}
