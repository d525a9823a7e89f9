using System.Text;

namespace Gptx.Templates;

/// <summary>The encodings that <c>encode</c> and <c>decode</c> know.</summary>
internal static class Encodings
{
    public static byte[] Encode(string text, string name, string errors)
    {
        try
        {
            return Find(name, errors).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw TemplateFault.Failed("UnicodeEncodeError", $"'{name}' codec can't encode the text");
        }
    }

    public static string Decode(byte[] bytes, string name, string errors)
    {
        try
        {
            return Find(name, errors).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw TemplateFault.Failed("UnicodeDecodeError", $"'{name}' codec can't decode the bytes");
        }
    }

    private static Encoding Find(string name, string errors)
    {
        var known = name.ToUpperInvariant().Replace('_', '-') switch
        {
            "UTF-8" or "UTF8" => "utf-8",
            "ASCII" or "US-ASCII" => "us-ascii",
            "LATIN-1" or "LATIN1" or "ISO-8859-1" or "ISO8859-1" => "iso-8859-1",
            _ => throw TemplateFault.Failed("LookupError", $"unknown encoding: {PythonText.Quote(name)}"),
        };
        return errors switch
        {
            "ignore" => Encoding.GetEncoding(known, new EncoderReplacementFallback(""), new DecoderReplacementFallback("")),
            "replace" => Encoding.GetEncoding(known, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD")),
            _ => Encoding.GetEncoding(known, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        };
    }
}
