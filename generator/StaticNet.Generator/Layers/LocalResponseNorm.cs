using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = x / (K + α·Σ x²)^β over the channels around each one.</summary>
internal sealed record LocalResponseNorm(int Size, float Alpha, float Beta, float K) : Layer
{
    /// <summary>The most channels of a sum: each is written out.</summary>
    public const int LargestSize = 31;

    public override string Kind => "localResponseNorm";

    public override string Title => $"LocalResponseNorm {Size}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Size is < 1 or > LargestSize)
            return errors.Argument("Size", $"1 to {LargestSize}", Invariant.Text(Size));
        if (!(Alpha >= 0) || float.IsInfinity(Alpha))
            return errors.Argument("Alpha", "0 or more", Invariant.Text(Alpha));
        if (float.IsNaN(Beta) || float.IsInfinity(Beta))
            return errors.Argument("Beta", "a finite number", Invariant.Text(Beta));
        if (!(K > 0) || float.IsInfinity(K))
            return errors.Argument("K", "a positive number", Invariant.Text(K));
        return inputs[0];
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.NormalizeLocally(inputs[0], Size, Alpha, Beta, K);
}
