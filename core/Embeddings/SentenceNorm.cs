namespace Gptx.Embeddings;

/// <summary>A <c>LayerNorm</c> module of sentence-transformers: torch's layer norm over the vector, epsilon 1e-5.</summary>
internal static class SentenceNorm
{
    /// <summary>The layer in a folder.</summary>
    /// <exception cref="GptxException"><c>TensorMissing</c>, <c>TensorShapeWrong</c>.</exception>
    public static Func<float[], float[]> Read(string folder, int width)
    {
        using var file = SentenceTensors.Open(folder);
        var scale = SentenceTensors.Get(file, "norm.weight", width);
        var bias = SentenceTensors.Get(file, "norm.bias", width);
        return x =>
        {
            var mean = x.Average(value => (double)value);
            var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
            return [.. x.Select((value, i) => (float)((((value - mean) / deviation) * scale[i]) + bias[i]))];
        };
    }
}
