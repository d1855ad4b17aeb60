using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The same elements in the same order under another shape. Costs nothing where the rows are not padded apart.</summary>
internal sealed class Rearrangement(string layer, Value input, TensorType type, string verb = "Copy") : Operation(layer, [input], type)
{
    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    public override double[] PaddingOfRows => Padding.OrThatOf(Inputs[0]);

    public override string Verb => verb;

    /// <summary>Whether the elements are in the logical order of their shape; a flattened value that dense layers read may keep its channels last.</summary>
    public bool IsInLogicalOrder => Output.Type.IsChannelsLast || !Inputs[0].Type.IsChannelsLast || Inputs[0].Type.Channels == 1 || Inputs[0].Type.Length == Inputs[0].Type.Channels;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new Rearrangement(Layer, gradient, Inputs[0].Type, "CopyGradient")));
    }
}
