using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layers;

/// <summary>The layers of another annotated class; <see cref="NetworkGraph"/> puts them in its place.</summary>
internal sealed record Block(string Definition, EquatableArray<LayerSpec> Layers, bool Trainable) : Layer
{
    public override string Kind => "block";

    public override string Title => $"Block {Definition}";

    public override TensorType? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => throw new InvalidOperationException("A block is inlined.");

    public override Value Lower(Lowering network, IReadOnlyList<Value> inputs) => throw new InvalidOperationException("A block is inlined.");
}
