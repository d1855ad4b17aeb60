using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The maximum or the mean of some steps of a sequence, the last of which is the step itself.</summary>
internal sealed record CausalPoolingLayer(PoolingKind Function, AxisWindow Window) : Layer
{
    public override string Kind => Function == PoolingKind.Maximum ? "causalMaxPool" : "causalAveragePool";

    public override string AttributeName => Function == PoolingKind.Maximum ? "CausalMaxPool1D" : "CausalAveragePool1D";

    public override string Title => $"{AttributeName} {CausalRules.Text(Window, hasOwnStride: Window.Stride != Window.Kernel)}";

    public override bool TakesSequences => true;

    public override int? LooksBack => Window.Kernel - 1;

    public override int StepStride => Window.Stride;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => CausalRules.Check(Title, Window, inputs[0], errors) ? inputs[0] : null;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.PoolCausally(inputs[0], Function, Window);
}
