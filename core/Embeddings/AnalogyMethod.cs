namespace Gptx.Embeddings;

/// <summary>How an analogy is scored.</summary>
public enum AnalogyMethod
{
    /// <summary>3CosAdd: the cosine with the sum of the words' unit vectors less those taken away (Mikolov et al. 2013).</summary>
    Add,

    /// <summary>3CosMul: the product of (1 + cos) / 2 with the words added, over that with those taken away plus 1e-6 (Levy and Goldberg 2014).</summary>
    Mul,
}
