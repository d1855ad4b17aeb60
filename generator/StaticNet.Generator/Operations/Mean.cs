using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The mean over some axes, in the order of memory; the others remain in their order.</summary>
internal sealed class Mean(string layer, Value input, TensorType type, IReadOnlyList<int> over) : Operation(layer, [input], type)
{
    public IReadOnlyList<int> Over { get; } = over;

    public override string Verb => "Forward";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new MeanGradient(Layer, gradient, Inputs[0].Type, Over)));
    }
}

/// <summary>Gives each element its share of the mean's gradient.</summary>
internal sealed class MeanGradient(string layer, Value gradient, TensorType type, IReadOnlyList<int> over) : Operation(layer, [gradient], type)
{
    public IReadOnlyList<int> Over { get; } = over;

    public override string Verb => "Gradient";
}
