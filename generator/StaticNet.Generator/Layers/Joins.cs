using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A function of the elements of layers of one shape; what it makes of the first two goes on with the third.</summary>
internal sealed record ElementwiseJoin(JoinKind Function, EquatableArray<string> Names) : Layer
{
    public override EquatableArray<string> Joined => Names;

    public override string Kind => Title.ToLowerInvariant();

    public override string Title => Function.ToString();

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) => Infer(inputs, inputs.Select(_ => false).ToArray(), errors);

    /// <summary>The shape rule where some inputs are constants.</summary>
    public LayerShape? Infer(IReadOnlyList<TensorType> inputs, IReadOnlyList<bool> areConstants, IShapeErrors errors)
    {
        if (inputs.Count < 2)
            return errors.Argument("inputs", "one or more names", "none");
        if (Function is JoinKind.Subtract or JoinKind.Divide && inputs.Count > 2)
            return errors.Argument("inputs", "names of two layers, or of one for the layer above", Invariant.Text(Names.Count));
        if (areConstants.All(isConstant => isConstant))
            return errors.Argument("inputs", "names, at least one of which is that of a layer", "constants alone");
        var first = inputs.Where((_, index) => !areConstants[index]).First();
        for (var index = 0; index < inputs.Count; index++)
        {
            var other = inputs[index];
            if (areConstants[index] && !FitsAsConstant(other, first))
                return errors.Shapes($"{Title} takes a constant of shape {first}, of one number per channel ({first.Shape[0]}) or of a single number, but this one is {other}");
            if (!areConstants[index] && !other.Shape.Equals(first.Shape))
                return errors.Shapes($"{Title} joins layers of the same shape, but these are {first} and {other}");
        }

        return first;
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Join(Function, inputs);

    private static bool FitsAsConstant(TensorType constant, TensorType other) => constant.Length == 1 || constant.Shape.Equals(other.Shape)
        || (constant.Length == other.Shape[0] && constant.Shape[0] == other.Shape[0] && (constant.Rank == 1 || constant.Rank == other.Rank));
}

/// <summary>Layers one after the other along an axis.</summary>
internal sealed record Concat(EquatableArray<string> Names, int Axis) : Layer
{
    public override EquatableArray<string> Joined => Names;

    public override string Kind => "concat";

    public override string Title => "Concat";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (inputs.Count < 2)
            return errors.Argument("inputs", "one or more names", "none");
        var first = inputs[0];
        if (Axis < -first.Rank || Axis >= first.Rank)
            return errors.Argument("Axis", $"{Invariant.Text(-first.Rank)} to {first.Rank - 1}", Invariant.Text(Axis));

        var axis = AxisOf(first);
        var total = 0L;
        foreach (var input in inputs)
        {
            if (input.Rank != first.Rank || !input.WithAxis(axis, 1).Shape.Equals(first.WithAxis(axis, 1).Shape))
                return errors.Shapes($"Concat along axis {axis} joins layers that agree in all other axes, but these are {first} and {input}");
            total += input.Shape[axis];
        }

        return total > int.MaxValue ? errors.Shapes($"Concat along axis {axis} would have {total} elements there") : first.WithAxis(axis, (int)total);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => network.Concat(inputs, AxisOf(inputs[0].Type));

    private int AxisOf(TensorType input) => AxisRules.FromFirst(Axis, input.Rank);
}
