using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A weight rounded to numbers of 16 bits: for each panel of 16 outputs a row of words for every two inputs.</summary>
internal sealed class RoundedWeight : Operation
{
    public RoundedWeight(Parameter weight)
        : base(weight.Layer, [], TensorType.Of(Lanes.Panels(weight.Outputs) * PairsOf(weight), Lanes.Panel), isShared: true, BufferElement.BFloat16Pair)
    {
        Weight = weight;
        Output.Name = weight.FullName + ".rounded";
    }

    public Parameter Weight { get; }

    public override string Verb => "Round";

    public override IEnumerable<Parameter> Parameters => [Weight];

    /// <summary>The rows of words of a panel.</summary>
    public static int PairsOf(Parameter weight) => (weight.Depth + 1) / 2;
}
