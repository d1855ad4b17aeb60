using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// A weight with inputs and outputs exchanged and its taps in reverse, as the gradient of a layer's input reads it from front to back:
/// panels of 16 inputs, with a row for each position and output.
/// </summary>
internal sealed class TransposedWeight : Operation
{
    public TransposedWeight(Parameter weight)
        : base(weight.Layer, [], TensorType.Of(checked((int)(weight.TransposedSize / Lanes.Panel)), Lanes.Panel), isShared: true)
    {
        Weight = weight;
        Output.Name = weight.FullName + ".transposed";
    }

    public Parameter Weight { get; }

    public override string Verb => "Transpose";

    public override IEnumerable<Parameter> Parameters => [Weight];
}
