namespace Gptx.Jobs.Log;

/// <summary>The log of one shard, in the folder beside the output.</summary>
internal sealed class LogLedger : IJobLedger
{
    private readonly FrameFile _frames;
    private string? _machine;

    /// <summary>Opens the log, or begins it. One that an earlier job has left behind is begun anew.</summary>
    /// <param name="path">The log.</param>
    /// <param name="job">Which job it is of.</param>
    /// <param name="machine">On which kind of machine it goes on.</param>
    /// <param name="triesAgain">Which rows that failed are tried again.</param>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public LogLedger(string path, Guid job, string machine, Predicate<LoggedFault> triesAgain)
    {
        Recorded = new RecordedWork(triesAgain);
        try
        {
            if (File.Exists(path) && (FrameFile.Read(path).Select(LogFrames.Parse).FirstOrDefault() as Guid?) != job)
            {
                File.Delete(path);
            }

            var isNew = true;
            _frames = FrameFile.Open(path, frame =>
            {
                isNew = false;
                Remember(frame);
            });
            if (isNew)
            {
                _frames.Add(LogFrames.Begin(job));
            }

            if (machine != _machine)
            {
                _frames.Add(LogFrames.Machine(machine));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, error);
        }
    }

    /// <inheritdoc/>
    public RecordedWork Recorded { get; }

    /// <inheritdoc/>
    public void Add(LoggedBatch batch)
    {
        Add(LogFrames.Of(batch));
        Recorded.Add(batch);
    }

    /// <inheritdoc/>
    public void Add(LoggedUnit unit)
    {
        Add(LogFrames.Of(unit));
        Recorded.Add(unit);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Add(LogFrames.End());
        Recorded.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _frames.Dispose();

    private void Add(byte[] frame)
    {
        try
        {
            _frames.Add(frame);
        }
        catch (IOException error)
        {
            throw NotWritable(_frames.Path, error);
        }
    }

    private void Remember(byte[] frame)
    {
        switch (LogFrames.Parse(frame))
        {
            case string machine: _machine = machine; break;
            case LoggedBatch batch: Recorded.Add(batch); break;
            case LoggedUnit unit: Recorded.Add(unit); break;
            case null: Recorded.Complete(); break;
        }
    }

    private static GptxException NotWritable(string path, Exception error) =>
        new(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{path} cannot be written: {error.Message}; rows that are done are kept, --resume goes on", error);
}
