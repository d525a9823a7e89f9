using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary><c>ByteFallback</c>: a run of tokens <c>&lt;0x41&gt;</c> is UTF-8; if it is not as a whole, each byte becomes U+FFFD.</summary>
internal sealed class ByteFallbackRewriting : ITokenRewriting
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<byte> _run = [];

    public void Append(string token, List<string> result)
    {
        bool looksRight = token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>';
        if (looksRight && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
        {
            _run.Add(value);
            return;
        }

        Finish(result);
        result.Add(token);
    }

    public void Finish(List<string> result)
    {
        byte[] bytes = [.. _run];
        _run.Clear();
        try
        {
            result.Add(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            result.AddRange(Enumerable.Repeat("\uFFFD", bytes.Length));
        }
    }
}

/// <summary><c>CTC</c>: of equal tokens in a row one stays, the pad token vanishes, the delimiter becomes a space.</summary>
internal sealed class CtcRewriting(string padToken, string delimiter, bool cleanup) : ITokenRewriting
{
    private string? _last;

    public void Append(string token, List<string> result)
    {
        if (token == _last)
        {
            return;
        }

        _last = token;
        string text = Without(token, padToken, "");
        if (cleanup)
        {
            text = Without(TokenRewritings.Clean(text), delimiter, " ");
        }

        if (text.Length > 0)
        {
            result.Add(text);
        }
    }

    private static string Without(string text, string part, string by) =>
        part.Length == 0 ? text : text.Replace(part, by, StringComparison.Ordinal);
}

/// <summary><c>BPEDecoder</c>: the suffix of a word's last token becomes a space, at the text's end nothing.</summary>
internal sealed class SuffixRewriting(string suffix) : ITokenRewriting
{
    private string? _held;

    public void Append(string token, List<string> result)
    {
        Release(" ", result);
        _held = token;
    }

    public void Finish(List<string> result) => Release("", result);

    private void Release(string space, List<string> result)
    {
        if (_held is not null)
        {
            result.Add(suffix.Length == 0 ? _held : _held.Replace(suffix, space, StringComparison.Ordinal));
        }

        _held = null;
    }
}

/// <summary><c>Fuse</c>: all tokens become one, for the steps behind.</summary>
internal sealed class FuseRewriting : ITokenRewriting
{
    private readonly StringBuilder _text = new();

    public void Append(string token, List<string> result) => _text.Append(token);

    public void Finish(List<string> result) => result.Add(_text.ToString());
}

/// <summary><c>Fuse</c> and then <c>Strip</c> at the beginning: the same text as both give, but without waiting for its end.</summary>
internal sealed class LeadingStripRewriting(Rune content, long count) : ITokenRewriting
{
    private long _left = count;

    public void Append(string token, List<string> result)
    {
        string mark = content.ToString();
        while (_left > 0 && token.Length > 0)
        {
            bool strips = token.StartsWith(mark, StringComparison.Ordinal);
            _left = strips ? _left - 1 : 0;
            token = strips ? token[mark.Length..] : token;
        }

        result.Add(token);
    }
}

/// <summary>A decoder as a step among others.</summary>
internal sealed class DecoderRewriting(ITokenDecoder decoder) : ITokenRewriting
{
    private readonly ITokenDecoding _decoding = decoder.Begin();

    public void Append(string token, List<string> result) => result.Add(_decoding.Append(token));

    public void Finish(List<string> result) => result.Add(_decoding.Finish());
}
