using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What came so many steps before.</summary>
internal sealed record DelayLayer(int Steps, float InitialValue) : Layer
{
    public override string Kind => "delay";

    public override string Title => $"Delay {Invariant.Text(Steps)}";

    public override bool TakesSequences => true;

    public override int? LooksBack => Steps;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Steps is < 1 or > Limits.MostSteps)
            return errors.Argument("steps", $"1 to {Limits.MostSteps}", Invariant.Text(Steps));
        if (float.IsNaN(InitialValue) || float.IsInfinity(InitialValue))
            return errors.Argument("InitialValue", "a finite number", Invariant.Text(InitialValue));
        return Steps * inputs[0].PaddedSize > Limits.MostFloats
            ? errors.Shapes($"{Title} keeps {Invariant.Text(Steps)} steps of {inputs[0]}, but code is generated for at most {Limits.MostFloats} elements")
            : inputs[0];
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Delay(inputs[0], Steps, InitialValue);
}
