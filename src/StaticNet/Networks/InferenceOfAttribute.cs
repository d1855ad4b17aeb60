namespace StaticNet;

/// <summary>
/// Marks a partial class as the inference-only twin of a network: the same layers and parameters, no training code.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InferenceOfAttribute : Attribute
{
    /// <summary>Declares the twin.</summary>
    /// <param name="network">A class with <see cref="NetworkAttribute"/>.</param>
    public InferenceOfAttribute(Type network) => Network = network;

    /// <summary>The network whose layers this class takes.</summary>
    public Type Network { get; }

    /// <summary>
    /// A safetensors file of the project whose weights the class has from the start: <c>"digits.safetensors"</c>, optionally
    /// preceded by folders. The build checks its names and shapes against the layers and embeds it in the assembly. Null (the
    /// default): weights are loaded explicitly, and the class does not run before that.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>
    /// The number format in which kernels read the weights of dense layers. With <see cref="WeightStorage.BFloat16"/>, each of
    /// them is rounded to 16 bits once, when weights are set; biases, all other layers and all sums stay floats, and so do the
    /// weights that are loaded and saved. Float32 by default.
    /// </summary>
    public WeightStorage Storage { get; set; }
}
