namespace Gptx.Figures;

/// <summary>
/// Colours from one end to another, in 256 steps. The three for amounts are those of matplotlib (CC0): even in lightness, readable in grey and with
/// every kind of colour blindness. The one for signed values goes from blue over near-white to orange, which colour-blind people tell apart too.
/// </summary>
public sealed class ColourMap
{
    /// <summary>Number of colours.</summary>
    public const int Steps = 256;

    private readonly Rgb[] _colours;

    private ColourMap(string name, bool isDiverging, string anchors)
    {
        Name = name;
        IsDiverging = isDiverging;
        _colours = Between([.. anchors.Split(' ').Select(hex => Rgb.Parse(hex))]);
    }

    private ColourMap(string name, bool isDiverging, Rgb[] colours) => (Name, IsDiverging, _colours) = (name, isDiverging, colours);

    /// <summary>Dark violet over green to yellow.</summary>
    public static ColourMap Viridis { get; } = new("viridis", isDiverging: false,
        "440154 470d60 48186a 482374 472d7b 453781 424086 3e4989 3b528b 375b8d 33638d 2f6b8e 2c728e 297a8e 26828e 23898e 21918c 1f978b 1f9f88 21a685 27ad81 31b57b "
        + "3dbc74 4cc26c 5cc863 6ece58 81d34d 95d840 aadc32 c0df25 d5e21a eae51a fde725");

    /// <summary>Black over violet and orange to pale yellow.</summary>
    public static ColourMap Magma { get; } = new("magma", isDiverging: false,
        "000004 030312 0a0822 130d34 1d1147 29115a 36106b 440f76 51127c 5d177f 6a1c81 762181 832681 902a81 9c2e7f aa337d b73779 c23b75 cf4070 db476a e55064 ee5b5e "
        + "f4695c f9785d fb8761 fd9668 fea571 feb47b fec287 fed194 fde0a1 fceeb0 fcfdbf");

    /// <summary>Dark blue over grey to yellow: nearly the same to people who cannot tell red from green.</summary>
    public static ColourMap Cividis { get; } = new("cividis", isDiverging: false,
        "00224e 00285b 002e6a 053371 1a386f 273e6e 32436d 3b496c 434e6c 4b546c 535a6d 5a5f6e 61656f 686a71 6f7073 767676 7d7c78 838179 8b8778 928d78 9a9376 a29975 "
        + "aaa073 b3a670 bbad6d c3b369 ccba64 d4c15f ddc858 e6d051 efd748 f8df3c fee838");

    /// <summary>Blue below zero, near-white at it, orange above.</summary>
    public static ColourMap Diverging { get; } = new("diverging", isDiverging: true, "0b3c78 2a66a8 5b94c9 9cc1e0 d3e2ee f6f4f0 f8dfc2 f2b97a dd8a38 b35d0c 7a3a04");

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether its middle is a value of its own, usually zero.</summary>
    public bool IsDiverging { get; }

    /// <summary>The same colours from the other end; on pale ground the small values are then pale.</summary>
    public ColourMap Reversed => new($"{Name}-reversed", IsDiverging, [.. _colours.Reverse()]);

    /// <summary>The colours between two shares, spread over all steps; without the darkest the others are told from dark ground.</summary>
    /// <param name="from">Where it begins, from 0.</param>
    /// <param name="to">Where it ends, up to 1.</param>
    public ColourMap Part(double from, double to) => new(
        Name, IsDiverging, [.. Enumerable.Range(0, Steps).Select(step => _colours[(int)Math.Round((from * (Steps - 1)) + (step * (to - from)))])]);

    /// <summary>The colour of a step, 0 to 255.</summary>
    public Rgb this[int step] => _colours[step];

    private static Rgb[] Between(Rgb[] anchors)
    {
        var colours = new Rgb[Steps];
        for (var step = 0; step < Steps; step++)
        {
            var place = (double)step * (anchors.Length - 1) / (Steps - 1);
            var low = Math.Min((int)place, anchors.Length - 2);
            var (from, to, share) = (anchors[low], anchors[low + 1], place - low);
            colours[step] = new Rgb(Mix(from.R, to.R, share), Mix(from.G, to.G, share), Mix(from.B, to.B, share));
        }

        return colours;
    }

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (share * (to - from)));
}
