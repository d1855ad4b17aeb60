using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What a layer's shape rule finds out, once.</summary>
/// <param name="Output">The shape of the output.</param>
/// <param name="Windows">The windows over the axes after the channel; none for layers without windows.</param>
internal sealed record LayerShape(TensorType Output, IReadOnlyList<WindowedAxis> Windows)
{
    /// <summary>The shape of a layer without windows; null after an error.</summary>
    public static implicit operator LayerShape?(TensorType? output) => output is null ? null : new(output, []);
}
