using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>How much of all sources is read, as units come: by the bytes of their files, packed as they are.</summary>
internal sealed class ReadShare
{
    private readonly long[]? _lengths;
    private double _read;

    /// <summary>Of these sources; where one is no file, nothing is known.</summary>
    public ReadShare(IReadOnlyList<RowSource> sources) =>
        _lengths = sources.All(source => source.Path is not null) ? [.. sources.Select(source => new FileInfo(source.Path!)).Select(file => file.Exists ? file.Length : 0)] : null;

    /// <summary>The stretch of all that the next unit is.</summary>
    public ReadStretch Next(RowUnit unit)
    {
        if (_lengths is null || unit.PartRead is not { } part || _lengths.Sum() is not (> 0 and var all))
        {
            return new ReadStretch(null, null);
        }

        var from = _read;
        _read = Math.Max(from, (_lengths.Take(unit.Source).Sum() + (part * _lengths[unit.Source])) / all);
        return new ReadStretch(from, _read);
    }
}

/// <summary>A stretch of all sources, from 0 to 1; null where it is not known.</summary>
internal readonly record struct ReadStretch(double? From, double? To)
{
    /// <summary>How much is done where so much of the stretch is.</summary>
    public double? At(double share) => From + (share * (To - From));
}
