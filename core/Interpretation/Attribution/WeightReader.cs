using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>The weights of a forward pass as numbers: products with vectors in float64, a row of the matrix at a time.</summary>
/// <param name="model">The model.</param>
internal sealed class WeightReader(LanguageModel model)
{
    /// <summary>A vector of weights.</summary>
    public double[] Vector(Value weight) => Array.ConvertAll(Tensor(weight).ReadSingles(), number => (double)number);

    /// <summary>x W + b.</summary>
    public double[] Multiply(LinearOperation linear, double[] x)
    {
        var y = linear.Bias is { } bias ? Vector(bias) : null;
        var product = linear.Layout == WeightLayout.InOut ? Combination(linear, x) : Products(linear, x);
        return y is null ? product : [.. product.Zip(y, (left, right) => left + right)];
    }

    /// <summary>W uᵀ: the direction in front of the matrix that counts as u counts behind it.</summary>
    public double[] MultiplyBack(LinearOperation linear, double[] u) =>
        linear.Layout == WeightLayout.InOut ? Products(linear, u) : Combination(linear, u);

    /// <summary>The sum of the matrix's rows, each times its factor; rows whose factor is 0 are not read.</summary>
    private double[] Combination(LinearOperation linear, double[] factors)
    {
        var matrix = Tensor(linear.Weight);
        var row = new float[matrix.Shape[1]];
        var sum = new double[row.Length];
        for (var index = 0; index < factors.Length; index++)
        {
            if (factors[index] == 0)
            {
                continue;
            }

            matrix.ReadSingles((long)index * row.Length, row);
            for (var column = 0; column < row.Length; column++)
            {
                sum[column] += factors[index] * row[column];
            }
        }

        return sum;
    }

    /// <summary>The product of each row of the matrix with a vector.</summary>
    private double[] Products(LinearOperation linear, double[] x)
    {
        var matrix = Tensor(linear.Weight);
        var row = new float[matrix.Shape[1]];
        var products = new double[matrix.Shape[0]];
        for (var index = 0; index < products.Length; index++)
        {
            matrix.ReadSingles((long)index * row.Length, row);
            for (var column = 0; column < row.Length; column++)
            {
                products[index] += x[column] * row[column];
            }
        }

        return products;
    }

    private CheckpointTensor Tensor(Value weight) => model.Tensors[((WeightOperation)weight.Producer).Name];
}
