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
    /// A safetensors file of the project whose weights the class has from the start: <c>"digits.safetensors"</c>, or with folders
    /// before it. The build checks its names and shapes against the layers and puts it into the assembly. Null (the default):
    /// weights are loaded by hand, and the class does not run before.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>
    /// In which numbers the weights of dense layers are kept while the class computes. With <see cref="WeightStorage.BFloat16"/> each of
    /// them is rounded to 16 bits once, when weights are given; biases, all other layers and all sums stay floats, and so do the weights
    /// that are read and saved. Float32 by default.
    /// </summary>
    public WeightStorage Storage { get; set; }
}
