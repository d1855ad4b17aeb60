namespace StaticNet;

/// <summary>Asks for training code. Without it a network is inference only, with no backward code at all.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>
    /// The largest number of samples in a batch, 1 to 65,536: the size of the activations that training keeps. Smaller
    /// batches run through the same code. Default: 32.
    /// </summary>
    public int BatchSize { get; set; } = 32;
}
