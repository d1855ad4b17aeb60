using System.Collections.Immutable;
using StaticNet.Importing;
using StaticNet.Onnx.Elements;

namespace StaticNet.Onnx.Mapping;

/// <summary>
/// What a name in a model means: a constant, something that layers compute, or something that cannot be imported, for known reasons.
/// </summary>
internal sealed class Value
{
    private Value(int[] shape) => Shape = shape;

    /// <summary>The shape in the model, with its batch.</summary>
    public int[] Shape { get; }

    public Tensor? Constant { get; private init; }

    /// <summary>The layer whose elements, row-major, the value's are functions of.</summary>
    public LayerNode? Layer { get; private init; }

    /// <summary>The function of each element.</summary>
    public Expression Function { get; private init; } = Expression.X;

    /// <summary>Why the value cannot be imported; empty if it can.</summary>
    public ImmutableHashSet<ImportProblem> Problems { get; private init; } = [];

    /// <summary>Whether the value depends on random numbers.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>Whether nothing else than the node at hand reads the value.</summary>
    public bool IsExclusive { get; init; }

    public bool IsBroken => Constant is null && Layer is null;

    public static Value Of(Tensor constant) => new(constant.Shape) { Constant = constant };

    public static Value Of(LayerNode layer, int[] shape, Expression? function = null) => new(shape) { Layer = layer, Function = function ?? Expression.X };

    public static Value Broken(IEnumerable<ImportProblem> problems, bool isRandom) => new([]) { Problems = [.. problems], IsRandom = isRandom };

    /// <summary>The same elements under another shape.</summary>
    public Value Reshaped(int[] shape) => new(shape) { Layer = Layer, Function = Function, Constant = Constant?.Reshaped(shape), IsExclusive = IsExclusive };

    /// <summary>The same value, with what is known about its readers.</summary>
    public Value ReadBy(bool only) => new(Shape) { Layer = Layer, Function = Function, Constant = Constant, Problems = Problems, IsRandom = IsRandom, IsExclusive = only };
}
