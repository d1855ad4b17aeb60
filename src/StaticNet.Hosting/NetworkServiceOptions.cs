namespace StaticNet.Hosting;

/// <summary>How a network is served.</summary>
/// <typeparam name="TNetwork">The network's class. Each class has options of its own.</typeparam>
public sealed class NetworkServiceOptions<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>
    /// The file of the weights: safetensors, or baked weights if it ends in <c>.baked</c>. A relative path begins at the content root of the host,
    /// by default the folder from which the program is started. Null (the default): <see cref="Create"/> makes a network that has weights.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Makes the network, with weights of its own unless <see cref="Path"/> names a file. Null (the default): <see cref="Path"/> must name one.
    /// </summary>
    public Func<TNetwork>? Create { get; set; }

    /// <summary>
    /// How many instances are kept for concurrent callers, 1 or more; 0 (the default) for twice the number of processors. Each has its own
    /// workspace; the weights are shared. Further callers at the same time get instances that are created for them and discarded.
    /// </summary>
    public int Capacity { get; set; }

    /// <summary>
    /// How many instances are created and run once at start, so that no request waits for the compiler or for memory; 0 up to the capacity, and 1
    /// by default.
    /// </summary>
    public int PreparedInstances { get; set; } = 1;

    /// <summary>The capacity in numbers.</summary>
    internal int InstanceCount => Capacity == 0 ? 2 * Environment.ProcessorCount : Capacity;
}
