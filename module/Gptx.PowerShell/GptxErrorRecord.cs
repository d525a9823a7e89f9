using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>The library's errors as PowerShell shows them: the same id, a category, and what it was about.</summary>
internal static class GptxErrorRecord
{
    public static ErrorRecord Of(GptxException error, object? target)
    {
        var message = OptionNames.InPowerShell(error.Message);
        return new ErrorRecord(message == error.Message ? error : new GptxException(error.Kind, error.ErrorId, message, error), error.ErrorId, Category(error), target);
    }

    private static ErrorCategory Category(GptxException error) => error.Kind switch
    {
        GptxErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        GptxErrorKind.InvalidInput => ErrorCategory.InvalidData,
        GptxErrorKind.ModelNotLoadable when error.ErrorId.EndsWith("NotFound", StringComparison.Ordinal) => ErrorCategory.ObjectNotFound,
        GptxErrorKind.ModelNotLoadable => ErrorCategory.OpenError,
        GptxErrorKind.DeviceMissing => ErrorCategory.DeviceError,
        GptxErrorKind.OutputNotWritable => ErrorCategory.WriteError,
        _ => ErrorCategory.NotSpecified,
    };
}
