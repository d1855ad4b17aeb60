using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>All axes as one, in row-major order.</summary>
internal sealed record Flatten : Layer
{
    public override string Kind => "flatten";

    public override bool OnlyReshapes => true;

    public override string Title => "Flatten";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => TensorType.Of(inputs[0].Length);

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Flatten(inputs[0]);
}
