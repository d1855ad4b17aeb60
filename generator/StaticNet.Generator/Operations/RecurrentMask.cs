using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The mask of recurrent dropout: for each sequence, by what each unit of the hidden state is multiplied before the weights, at all of its steps. Inverted
/// dropout, computed from counters; outside training there is none.
/// </summary>
/// <param name="layer">The layer's name.</param>
/// <param name="units">The units of the hidden state.</param>
/// <param name="rate">The probability that a unit is dropped.</param>
/// <param name="stream">The number of the layer's random stream.</param>
/// <param name="isReverse">Whether it is that of the direction from the last step to the first.</param>
internal sealed class RecurrentMask(string layer, int units, double rate, int stream, bool isReverse) : Operation(layer, [], TensorType.Of(units))
{
    public double Rate { get; } = rate;

    public int Stream { get; } = stream;

    public override string Verb => isReverse ? "ReverseMask" : "Mask";

    public override IReadOnlyList<Operation> AtInference => [];
}
