using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The matrix product of two layers.</summary>
internal sealed record MatMulLayer(EquatableArray<string> Names, bool TransposesSecond) : Layer
{
    public override EquatableArray<string> Joined => Names;

    public override string Kind => "matMul";

    public override string Title => "MatMul";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (inputs.Count != 2)
            return errors.Argument("inputs", "names of two layers, or of one for the layer above", inputs.Count < 2 ? "none" : Invariant.Text(Names.Count));
        var (first, second) = (inputs[0], inputs[1]);
        if (first.Rank < 2 || first.Rank != second.Rank || (first.Rank == 3 && first.Shape[0] != second.Shape[0]))
            return errors.Shapes($"MatMul takes two matrices, or equally many of them, but these are {first} and {second}");
        var (inner, columns) = TransposesSecond ? (second.Last, second.Shape[second.Rank - 2]) : (second.Shape[second.Rank - 2], second.Last);
        return first.Last == inner
            ? first.WithAxis(first.Rank - 1, columns)
            : errors.Shapes($"MatMul sums over {first.Last} elements of {first} and {inner} of {second}{(TransposesSecond ? ", which is transposed" : "")}");
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.MatMul(inputs, resolved.Output, TransposesSecond);
}
