using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The last step of a sequence, as the value of the whole.</summary>
internal sealed record LastStepLayer : Layer
{
    public override string Kind => "lastStep";

    public override string Title => "Last step";

    public override bool TakesSequences => true;

    public override bool EndsSequence => true;

    public override int? LooksBack => 0;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => inputs[0];

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.SelectStep(inputs[0], isFirst: false);
}
