namespace StaticNet;

/// <summary>A plain recurrent layer: h′ = tanh(x·Wᵀ + h·Uᵀ + b). Elman, 1990.</summary>
/// <remarks>The same as PyTorch's <c>RNN</c>, with one bias unless <see cref="RecurrentLayerAttribute.RecurrentBias"/> is set, and Keras's <c>SimpleRNN</c>.</remarks>
public sealed class SimpleRNNAttribute : RecurrentLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">The elements of the hidden state, 1 to 65,536.</param>
    public SimpleRNNAttribute(int units)
        : base(units, recurrentBias: false)
    {
    }
}
