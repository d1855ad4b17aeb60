namespace StaticNet;

/// <summary>In which numbers an inference network keeps the weights of its dense layers while it computes.</summary>
public enum WeightStorage
{
    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>
    /// 16 bits: a float's sign, exponent and first 7 bits of its fraction, rounded to the nearest. Each weight is off by 2⁻⁸ of itself at
    /// most, or by 2⁻¹³⁴ where it is smaller than any normal float; sums are still of 32 bits. Half as many bytes come through the caches, which is what a dense layer waits for when one sample
    /// is computed and its weights are more than the first cache holds.
    /// </summary>
    BFloat16,
}
