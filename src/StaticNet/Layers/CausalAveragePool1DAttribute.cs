namespace StaticNet;

/// <summary>The mean of the last steps of a sequence, feature by feature: y[t] = Σ x[(t + 1) · stride − kernel … (t + 1) · stride − 1] / kernel.</summary>
/// <remarks>The same as PyTorch's <c>AvgPool1d</c> on an input that is padded by kernel − stride zeros in front, which count.</remarks>
public sealed class CausalAveragePool1DAttribute : CausalPool1DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The steps of a window, 1 or more.</param>
    public CausalAveragePool1DAttribute(int kernel)
        : base(kernel)
    {
    }
}
