namespace StaticNet.Generator.Operations;

/// <summary>Inverted dropout. The mask is computed from counters, so backward computes it again instead of keeping it.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is masked.</param>
/// <param name="rate">The probability that an element is dropped.</param>
/// <param name="isSpatial">Whether whole channels are dropped: channel c where element c would be.</param>
/// <param name="stream">The number of the layer's random stream.</param>
/// <param name="verb">The end of the method's name.</param>
internal sealed class Dropout(string layer, Value input, double rate, bool isSpatial, int stream, string verb = "Forward") : TrainingOnly(layer, input)
{
    public double Rate { get; } = rate;

    public bool IsSpatial { get; } = isSpatial;

    public int Stream { get; } = stream;

    public override string Verb => verb;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new Dropout(Layer, gradient, Rate, IsSpatial, Stream, "Gradient")));
    }
}
