using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A weight in its own layout, rounded to numbers of 16 bits.</summary>
internal sealed class RoundedWeight : Operation
{
    public RoundedWeight(Parameter weight)
        : base(weight.Layer, [], TensorType.Of(weight.PackedLength / Lanes.Panel, Lanes.Panel), isShared: true, ElementType.BFloat16)
    {
        Weight = weight;
        Output.Name = weight.FullName + ".rounded";
    }

    public Parameter Weight { get; }

    public override string Verb => "Round";

    public override IEnumerable<Parameter> Parameters => [Weight];
}
