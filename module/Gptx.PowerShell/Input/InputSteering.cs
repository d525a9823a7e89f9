using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>What -Steer is given: a file, a list of numbers, or an object with a property Vector.</summary>
internal static class InputSteering
{
    /// <summary>The direction.</summary>
    /// <param name="model">The model.</param>
    /// <param name="steer">What was given.</param>
    /// <param name="block">The block before which it is added.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <param name="toPath">Turns a PowerShell path into one of the system.</param>
    /// <exception cref="GptxException"><c>WidthMismatch</c>, <c>VectorMissing</c>, <c>VectorUnreadable</c>, and those of the file.</exception>
    public static SteeringVector Of(LanguageModel model, PSObject steer, int block, double factor, Func<string, string> toPath)
    {
        if (steer.BaseObject is string path)
        {
            return SteeringVector.Read(model, toPath(path), block, factor);
        }

        if (steer.BaseObject is FileInfo file)
        {
            return SteeringVector.Read(model, file.FullName, block, factor);
        }

        var vector = LanguagePrimitives.TryConvertTo<float[]>(steer.BaseObject, out var numbers) ? numbers : InputVector.Of(steer, 0).Vector;
        return SteeringVector.Of(model, vector, block, factor);
    }
}
