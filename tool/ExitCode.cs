namespace Gptx.Tool;

/// <summary>What the process says about how it went; documented in docs/output.md.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int SomeRowsFailed = 3;
    public const int ModelNotLoadable = 4;
    public const int DeviceMissing = 5;
    public const int Cancelled = 130;
    public const int Terminated = 143;

    public static int Of(GptxErrorKind kind) => kind switch
    {
        GptxErrorKind.InvalidArgument => Usage,
        GptxErrorKind.ModelNotLoadable => ModelNotLoadable,
        GptxErrorKind.DeviceMissing => DeviceMissing,
        _ => Failure,
    };
}
