using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Inverted dropout, of elements or of whole channels.</summary>
internal sealed record Dropout(double Rate, bool IsSpatial = false) : Layer
{
    public override string Kind => IsSpatial ? "spatialDropout" : "dropout";

    public override string Title => $"{(IsSpatial ? "SpatialDropout" : "Dropout")} {Invariant.Text(Rate)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        Rate is >= 0 and < 1 ? inputs[0] : errors.Argument("rate", "0 or more and below 1", Invariant.Text(Rate));

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => Rate == 0 ? inputs[0] : network.Dropout(inputs[0], Rate, IsSpatial);
}
