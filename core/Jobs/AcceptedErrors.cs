using System.Globalization;

namespace Gptx.Jobs;

/// <summary>How many rows may fail without the job counting as one with bad rows: a number, or a share of all rows.</summary>
public sealed record AcceptedErrors
{
    private readonly double _number;
    private readonly bool _isShare;

    private AcceptedErrors(double number, bool isShare) => (_number, _isShare) = (number, isShare);

    /// <summary>None: the default.</summary>
    public static AcceptedErrors None { get; } = new(0, isShare: false);

    /// <summary>Reads <c>N</c> or <c>N%</c>.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public static AcceptedErrors Parse(string text)
    {
        var isShare = text.EndsWith('%');
        return double.TryParse(isShare ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && (!isShare || number <= 100)
            ? new AcceptedErrors(number, isShare)
            : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"accept-errors '{text}' is not allowed: it must be a number of rows, or a share from 0% to 100%");
    }

    /// <summary>Whether so many rows that failed, of all rows, are accepted.</summary>
    public bool Cover(long failed, long rows) => failed <= (_isShare ? rows * _number / 100 : _number);
}
