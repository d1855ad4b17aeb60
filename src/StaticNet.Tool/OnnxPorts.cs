namespace StaticNet.Tool;

/// <summary>Which inputs and outputs of a model belong to a network.</summary>
/// <param name="Outputs">The outputs by name, in the order of the network's; none: all.</param>
/// <param name="Constants">Inputs that the network does not have, and the number that all their elements are.</param>
internal sealed record OnnxPorts(IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, float> Constants)
{
    /// <summary>All inputs and outputs.</summary>
    public static OnnxPorts All { get; } = new([], new Dictionary<string, float>());
}
