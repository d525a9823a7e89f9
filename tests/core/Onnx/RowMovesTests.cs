using Gptx.Onnx;

namespace Gptx.Tests.Onnx;

public class RowMovesTests
{
    [Fact]
    public void After_the_copies_each_row_holds_what_it_should()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var count = random.Next(1, 9);
            int[] rows = [.. Enumerable.Range(0, count).Select(_ => random.Next(8))];
            if (trial % 3 == 0)
            {
                rows = [.. Enumerable.Range(0, 8)];
                random.Shuffle(rows);
            }

            int[] buffer = [.. Enumerable.Range(100, 9)];
            foreach (var (from, to) in RowMoves.Plan(rows, spare: 8))
            {
                buffer[to] = buffer[from];
            }

            Assert.Equal(rows.Select(row => 100 + row), buffer.Take(rows.Length));
        }
    }

    [Fact]
    public void Rows_that_stay_are_not_copied() => Assert.Equal([(3, 1)], RowMoves.Plan([0, 3, 2], spare: 9));
}
