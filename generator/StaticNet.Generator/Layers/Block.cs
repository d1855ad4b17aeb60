using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The layers of another annotated class; <see cref="NetworkGraph"/> puts them in its place.</summary>
/// <param name="Definition">The class's name.</param>
/// <param name="InputShape">The input that the class declares; empty: any.</param>
/// <param name="Layers">The class's layers.</param>
/// <param name="Trainable">False freezes them.</param>
internal sealed record Block(string Definition, EquatableArray<int> InputShape, EquatableArray<LayerSpec> Layers, bool Trainable) : Layer
{
    public override string Kind => "block";

    public override string Title => $"Block {Definition}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => throw new InvalidOperationException("A block is inlined.");

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => throw new InvalidOperationException("A block is inlined.");
}
