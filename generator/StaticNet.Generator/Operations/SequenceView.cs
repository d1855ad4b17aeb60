using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// A sequence of [channels] as one value of [steps, channels], whose steps are an axis that convolutions go along; or the reverse. In memory both are
/// the same.
/// </summary>
internal class SequenceView : Operation
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">A sequence; or one value with its channels last.</param>
    /// <param name="type">The other type.</param>
    /// <param name="steps">The steps of that.</param>
    public SequenceView(string layer, Value input, TensorType type, int steps)
        : base(layer, [input], type, steps: steps)
    {
    }

    public override string Verb => Output.Steps == 1 ? "AsAxis" : "AsSteps";

    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    public override double[] PaddingOfRows => Padding.OrThatOf(Inputs[0]);

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new SequenceView(Layer, gradient, Inputs[0].Type, Inputs[0].Steps)));
    }
}
