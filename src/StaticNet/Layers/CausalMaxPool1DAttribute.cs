namespace StaticNet;

/// <summary>The maximum of the last steps of a sequence, feature by feature: y[t] = max x[(t + 1) · stride − kernel … (t + 1) · stride − 1].</summary>
/// <remarks>The same as PyTorch's <c>MaxPool1d</c> on an input that is padded by kernel − stride zeros in front.</remarks>
public sealed class CausalMaxPool1DAttribute : CausalPool1DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The steps of a window, 1 or more.</param>
    public CausalMaxPool1DAttribute(int kernel)
        : base(kernel)
    {
    }
}
