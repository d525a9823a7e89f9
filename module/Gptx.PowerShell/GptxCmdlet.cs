using System.Collections;
using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>What every cmdlet does: it stops when it is told to, and turns errors of the library into error records.</summary>
public abstract class GptxCmdlet : PSCmdlet
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl+C and Stop-Job; a running session ends at its next operator.</summary>
    protected CancellationToken Cancellation => _stop.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Writes an object whose lists can be indexed.</summary>
    protected new void WriteObject(object? item) => base.WriteObject(PlainLists.In(item));

    /// <summary>Writes an object, or each of a list, whose lists can be indexed.</summary>
    protected new void WriteObject(object? item, bool enumerateCollection) => base.WriteObject(
        enumerateCollection && item is IEnumerable list and not string ? list.Cast<object?>().Select(PlainLists.In) : PlainLists.In(item),
        enumerateCollection);

    /// <summary>Does the work for one input. What is wrong with the input is written as an error and the next one is taken; else the command ends.</summary>
    /// <returns>Whether it was done.</returns>
    protected bool ForRow(object? target, Action work) => Guarded(target, work, error => error.Kind is GptxErrorKind.InvalidInput or GptxErrorKind.InvalidArgument);

    /// <summary>Does the work for inputs that were checked already: a value that is not allowed is then a parameter's, and ends the command.</summary>
    /// <returns>Whether it was done.</returns>
    protected bool ForRows(object? target, Action work) => Guarded(target, work, error => error.Kind is GptxErrorKind.InvalidInput);

    /// <summary>Does what the whole command hangs on: any error ends it.</summary>
    protected void ForCommand(object? target, Action work) => Guarded(target, work, _ => false);

    /// <summary>Writes what is wrong with an input as an error, so that the next one is taken; an error of another kind ends the command.</summary>
    protected void Refuse(GptxException error, object? target)
    {
        var record = GptxErrorRecord.Of(error, target);
        if (error.Kind is GptxErrorKind.InvalidInput or GptxErrorKind.InvalidArgument)
        {
            WriteError(record);
        }
        else
        {
            ThrowTerminatingError(record);
        }
    }

    private bool Guarded(object? target, Action work, Func<GptxException, bool> isOfInput)
    {
        try
        {
            work();
            return true;
        }
        catch (GptxException error) when (isOfInput(error))
        {
            WriteError(GptxErrorRecord.Of(error, target));
        }
        catch (GptxException error)
        {
            ThrowTerminatingError(GptxErrorRecord.Of(error, target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        return false;
    }
}
