namespace Gptx.Inference;

/// <summary>Counts those who use something, and frees it after the last: whoever made it is the first.</summary>
internal sealed class SharedUse(Action free)
{
    private int _users = 1;

    /// <summary>One more uses it.</summary>
    public void Begin() => Interlocked.Increment(ref _users);

    /// <summary>One does not use it any more.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            free();
        }
    }
}
