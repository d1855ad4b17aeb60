namespace StaticNet.Generator.Operations;

/// <summary>Values one after the other along an axis.</summary>
internal sealed class Concatenation(string layer, IReadOnlyList<Value> inputs, int axis)
    : Operation(layer, inputs, inputs[0].Type.WithAxis(axis, inputs.Sum(input => input.Type.Shape[axis])))
{
    public int Axis { get; } = axis;

    public override bool ReadsVectorsOf(int input) => false;

    public override string Verb => "Forward";

    public override void Differentiate(Backward backward, Value gradient)
    {
        var start = 0;
        foreach (var input in Inputs)
        {
            if (backward.Wants(input))
                backward.Accumulate(input, backward.Add(new Frame(Layer, gradient, input.Type, input.Type.Shape.Select((_, index) => index == Axis ? -start : 0).ToArray(), "Gradient")));
            start += input.Type.Shape[Axis];
        }
    }
}
