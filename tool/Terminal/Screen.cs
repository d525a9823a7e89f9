using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gptx.Tool.Terminal;

/// <summary>The terminal that a person looks at.</summary>
internal sealed class Screen
{
    private readonly IAnsiConsole _console;

    public Screen(Surroundings around, TextWriter writer)
    {
        HasColour = around.Colour;
        Width = around.Width;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = around.Width;
        _console.Profile.Capabilities.Unicode = true;
    }

    public bool HasColour { get; }

    public int Width { get; }

    /// <summary>A line of text as it is; long ones are wrapped.</summary>
    public void Line(string text = "") => _console.WriteLine(text);

    /// <summary>A line above what it speaks of, cut to the width.</summary>
    public void Heading(string text) => _console.Write(new Text(VisibleText.Shorten(VisibleText.OneLine(text), Width) + "\n", new Style(decoration: Decoration.Bold)));

    /// <summary>Something that Spectre.Console draws.</summary>
    public void Draw(IRenderable renderable) => _console.Write(renderable);

    /// <summary>Names and what they are, one a line.</summary>
    public void Pairs(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in pairs)
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        }

        _console.Write(grid);
    }

    /// <summary>A table: columns that begin with '&gt;' are numbers and stand to the right.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = false };
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('>');
            var header = new TableColumn(new Text(isNumber ? column[1..] : column, new Style(decoration: Decoration.Bold)));
            table.AddColumn(isNumber ? header.RightAligned().NoWrap() : header);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        _console.Write(table);
    }
}
