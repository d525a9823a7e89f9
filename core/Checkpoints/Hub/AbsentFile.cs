namespace Gptx.Checkpoints.Hub;

/// <summary>The hub says that a file is not there, and at which commit: worth a mark in the cache.</summary>
internal sealed class AbsentFile(GptxException error, string commit) : Exception(error.Message, error)
{
    public GptxException Error => error;

    public string Commit => commit;
}
