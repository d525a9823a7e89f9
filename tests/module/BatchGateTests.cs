using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class BatchGateTests
{
    [Fact]
    public void The_first_text_is_run_at_once_and_batches_grow_to_their_size()
    {
        var gate = new BatchGate(8);
        var batches = new List<int>();
        var gathered = 0;
        for (var text = 0; text < 31; text++)
        {
            gathered++;
            if (gate.Opens(gathered))
            {
                batches.Add(gathered);
                gathered = 0;
                gate.Passed();
            }
        }

        // A thread that is held up may let a batch go early, never late.
        Assert.Equal(1, batches[0]);
        Assert.All(batches, size => Assert.InRange(size, 1, 8));
    }

    [Fact]
    public void What_comes_slowly_is_not_gathered()
    {
        var gate = new BatchGate(64);
        for (var text = 0; text < 4; text++)
        {
            Assert.True(gate.Opens(1));
            gate.Passed();
            Thread.Sleep(30);
        }
    }
}
