namespace StaticNet.Generator.Operations;

/// <summary>x + deviation · a standard normal number.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What the noise is added to.</param>
/// <param name="deviation">The standard deviation.</param>
/// <param name="stream">The number of the layer's random stream.</param>
internal sealed class Noise(string layer, Value input, float deviation, int stream) : TrainingOnly(layer, input)
{
    public float Deviation { get; } = deviation;

    public int Stream { get; } = stream;

    public override string Verb => "Forward";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], gradient);
    }
}
