using Gptx.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Onnx;

/// <summary>A product with a matrix that stays quantized is the product with its widened numbers, within the rounding of float32.</summary>
public class QuantizedProductTests(ITestOutputHelper output)
{
    private const double Rounding = 3e-6;
    private const double Int8Rounding = 0.03;

    public static TheoryData<ElementType, int, int> Matrices => new()
    {
        { ElementType.Q4_0, 1, 32 },
        { ElementType.Q4_0, 7, 96 },
        { ElementType.Q4_0, 130, 512 },
        { ElementType.Q4_1, 1, 32 },
        { ElementType.Q4_1, 33, 160 },
        { ElementType.Q4_1, 96, 576 },
        { ElementType.Q4_K, 1, 256 },
        { ElementType.Q4_K, 19, 512 },
        { ElementType.Q4_K, 65, 768 },
        { ElementType.Q8_0, 1, 32 },
        { ElementType.Q8_0, 45, 96 },
        { ElementType.Q8_0, 128, 1024 },
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void A_quantized_product_is_the_widened_one(ElementType type, int rows, int columns)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            using var file = new QuantizedMatrixFile(type, rows, columns, seed);
            var widened = file.Widened;
            foreach (var ids in (long[][])[[5], [0, 3, 3, 1], [.. Enumerable.Range(0, 70).Select(i => (long)i % QuantizedMatrixFile.Inputs)]])
            {
                foreach (var withBias in (bool[])[false, true])
                {
                    var expected = Products(file, widened, ids, withBias);
                    var exact = Closeness.Largest(file.Multiply(ids, withBias), expected);
                    Assert.True(exact <= Rounding, $"{type} [{rows}, {columns}], {ids.Length} rows, seed {seed}: {exact:e2} of the largest value");
                    var coarse = Closeness.Largest(file.Multiply(ids, withBias, int8: true), expected);
                    Assert.True(coarse <= Int8Rounding, $"{type} [{rows}, {columns}], {ids.Length} rows, seed {seed}, int8: {coarse:e2} of the largest value");
                    output.WriteLine($"{type} [{rows}, {columns}] {ids.Length} rows: {exact:e2}, with activations of 8 bits {coarse:e2}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Rows_of_a_quantized_table_are_the_widened_ones(ElementType type, int rows, int columns)
    {
        using var file = new QuantizedMatrixFile(type, rows, columns, seed: 11);
        long[] ids = [.. Enumerable.Range(0, 40).Select(i => (long)i * 7 % rows)];
        var widened = file.Widened;
        float[] expected = [.. ids.SelectMany(id => widened.AsSpan((int)id * columns, columns).ToArray())];
        var found = file.LookUp(ids);
        if (type is ElementType.Q4_0 or ElementType.Q8_0)
        {
            Assert.Equal(expected, found);
        }

        Closeness.AssertWithin(2e-7, found, expected, $"{type} [{rows}, {columns}]");
    }

    private static double[] Products(QuantizedMatrixFile file, float[] widened, long[] ids, bool withBias)
    {
        var products = new double[ids.Length * file.Rows];
        for (var i = 0; i < products.Length; i++)
        {
            var (id, row) = (ids[i / file.Rows], i % file.Rows);
            var sum = withBias ? file.Bias[row] : 0.0;
            for (var column = 0; column < file.Columns; column++)
            {
                sum += (double)file.Table[(id * file.Columns) + column] * widened[(row * file.Columns) + column];
            }

            products[i] = sum;
        }

        return products;
    }
}
