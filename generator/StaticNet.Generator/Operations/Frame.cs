using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A value in a frame of another size: zeros around it where the frame is larger, a part of it where it is smaller.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is framed.</param>
/// <param name="type">The frame.</param>
/// <param name="before">For each axis, what comes before the value; negative: what of it is left out there.</param>
/// <param name="verb">The end of the method's name.</param>
internal sealed class Frame(string layer, Value input, TensorType type, IReadOnlyList<int> before, string verb) : Operation(layer, [input], type)
{
    public IReadOnlyList<int> Before { get; } = before;

    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    public override string Verb => verb;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new Frame(Layer, gradient, Inputs[0].Type, Before.Select(count => -count).ToArray(), verb + "Gradient")));
    }
}
