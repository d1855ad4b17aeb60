using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Normal noise in training.</summary>
internal sealed record GaussianNoise(float Deviation) : Layer
{
    public override string Kind => "gaussianNoise";

    public override string Title => $"GaussianNoise {Invariant.Text(Deviation)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        Deviation >= 0 && !float.IsInfinity(Deviation) ? inputs[0] : errors.Argument("deviation", "finite and 0 or more", Invariant.Text(Deviation));

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => Deviation == 0 ? inputs[0] : network.Noise(inputs[0], Deviation);
}
