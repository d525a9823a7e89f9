using System.Text;

namespace Gptx.Figures.Colours;

/// <summary>
/// The style sheet inside of every figure: ground, ink and groups for light and for dark, as whoever looks prefers (CSS prefers-color-scheme, which
/// holds in an &lt;img&gt; too). The figure paints its own ground, so that it is legible on any page.
/// </summary>
internal static class Theme
{
    /// <summary>Number of colours of groups; later groups begin anew.</summary>
    public const int Groups = 8;

    public const string Font = "Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif";
    public const string Monospace = "Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace";

    // After Okabe and Ito's palette for colour-blind readers, darkened for white ground and lightened for dark ground.
    private static readonly string[] OnLight = ["#0068a8", "#c2500a", "#007f5f", "#a3477f", "#7d6608", "#3d7fb0", "#8a4a1c", "#4d4d4d"];
    private static readonly string[] OnDark = ["#63b8ee", "#f0934e", "#3fc79d", "#dc93bb", "#dcc84a", "#9bd0f2", "#d9a679", "#bdbdbd"];

    public static string Css { get; } = Make();

    /// <summary>The class of a group's colour.</summary>
    public static string Group(int group) => $"g{((group % Groups) + Groups) % Groups}";

    private static string Make()
    {
        var css = new StringBuilder();
        css.Append("text{font:12px ").Append(Font).Append(";fill:#1f2328}");
        css.Append(".mono{font-family:").Append(Monospace).Append('}');
        css.Append(".title{font-size:16px;font-weight:bold}.panel{font-size:12px;font-weight:bold}.small{font-size:10px}.label{font-size:11px}");
        css.Append(".on-dark{fill:#fff}.on-light{fill:#000}");
        css.Append(".halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}.line{fill:none;stroke-width:1.5px}.guess{stroke-dasharray:5 4}");
        Append(css, "#ffffff", "#59636e", "#8c959f", "#e4e7ea", OnLight);
        css.Append("@media(prefers-color-scheme:dark){text{fill:#e6edf3}");
        Append(css, "#0d1117", "#9198a1", "#6e7681", "#272d35", OnDark);
        return css.Append('}').ToString();
    }

    private static void Append(StringBuilder css, string ground, string muted, string axis, string grid, string[] groups)
    {
        css.Append(".ground{fill:").Append(ground).Append("}.halo{stroke:").Append(ground).Append("}.muted{fill:").Append(muted).Append('}');
        css.Append(".axis{stroke:").Append(axis).Append(";fill:none}.grid{stroke:").Append(grid).Append(";fill:none}");
        for (var group = 0; group < Groups; group++)
        {
            css.Append(".g").Append(group).Append("{fill:").Append(groups[group]).Append("}.line.g").Append(group).Append("{fill:none;stroke:").Append(groups[group]).Append('}');
        }
    }
}
