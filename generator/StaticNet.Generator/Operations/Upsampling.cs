using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Each pixel axis as many times as long: copies of the nearest element, or interpolated; channels last.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is enlarged.</param>
/// <param name="scales">The factors, one a pixel axis.</param>
/// <param name="interpolates">Whether elements are interpolated linearly.</param>
/// <param name="alignsCorners">Whether interpolation keeps the first and last elements in their places.</param>
internal sealed class Upsampling(string layer, Value input, IReadOnlyList<int> scales, bool interpolates, bool alignsCorners)
    : Operation(layer, [input], Enlarged(input.Type, scales))
{
    public IReadOnlyList<int> Scales { get; } = scales;

    public bool Interpolates { get; } = interpolates;

    public bool AlignsCorners { get; } = alignsCorners;

    public override string Verb => "Forward";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new UpsamplingGradient(Layer, gradient, this)));
    }

    private static TensorType Enlarged(TensorType type, IReadOnlyList<int> scales) =>
        TensorType.Of([type.Channels, .. type.Pixels.Select((size, axis) => size * scales[axis])]).ChannelsLast;
}

/// <summary>Each element gathers from those that were made of it, as much as it was in them.</summary>
internal sealed class UpsamplingGradient(string layer, Value gradient, Upsampling upsampling) : Operation(layer, [gradient], upsampling.Inputs[0].Type)
{
    public Upsampling Upsampling { get; } = upsampling;

    public override string Verb => "Gradient";
}
