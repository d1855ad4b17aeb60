using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An activation as a layer of its own.</summary>
internal sealed record ActivationLayer(ActivationFunction Function) : Layer
{
    public override string Kind => "activation";

    public override Activation FinalActivation => Function.Kind;

    public override string Title => char.ToUpperInvariant(Function.Title[0]) + Function.Title.Substring(1);

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => Function.Check(errors, "Alpha") ? inputs[0] : null;

    public override bool Trains => Function is { Kind: Activation.PReLU, Trainable: true };

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => Function.Lower(network, inputs[0]);
}
