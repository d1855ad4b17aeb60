using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Layer and RMS normalisation in the parts that exporters make of them.</summary>
internal sealed partial class ModelMapper
{
    /// <summary>(x − mean) / √(variance + ε) or x / √(mean of x² + ε), if a quotient or product is one; else null.</summary>
    private Value? Norm(GraphNode node)
    {
        if (node.Inputs.Count != 2)
            return null;
        return node.Operator == "Div" ? NormOf(node.Inputs[0], Root(node.Inputs[1])) : NormOf(node.Inputs[0], Inverse(node.Inputs[1])) ?? NormOf(node.Inputs[1], Inverse(node.Inputs[0]));
    }

    private Value? NormOf(string numerator, string? variance)
    {
        if (variance is null || Maker(variance, "Add") is not { } sum)
            return null;
        var (mean, epsilon) = Scalar(sum.Inputs[1]) is { } second ? (sum.Inputs[0], second) : (sum.Inputs[1], Scalar(sum.Inputs[0]) ?? float.NaN);
        if (!(epsilon > 0) || Maker(mean, "ReduceMean") is not { } average || TrailingAxes(average) is not { } first || Squared(average.Inputs[0]) is not { } distance)
            return null;
        if (distance == numerator)
        {
            return Centred(distance, first) is { } centred ? Normalised(centred, "LayerNorm", first, epsilon) : Normalised(numerator, "RMSNorm", first, epsilon);
        }

        // Two differences of the same values, as some exporters write them.
        return Centred(distance, first) is { } x && x == Centred(numerator, first) ? Normalised(x, "LayerNorm", first, epsilon) : null;
    }

    private Value? Normalised(string name, string norm, int first, float epsilon)
    {
        var value = _values.GetValueOrDefault(name);
        if (value?.Layer is null)
            return null;
        var (rows, length) = (Indexing.Length(value.Shape[..first]), Indexing.Length(value.Shape[first..]));
        return Value.Of(Normed(Layer(value), norm, rows, length, epsilon, null, null), value.Shape);
    }

    /// <summary>x, if a value is x less its mean over the axes from the first on.</summary>
    private string? Centred(string name, int first) =>
        Maker(name, "Sub") is { } difference && Maker(difference.Inputs[1], "ReduceMean") is { } mean && mean.Inputs[0] == difference.Inputs[0] && TrailingAxes(mean) == first ? difference.Inputs[0] : null;

    /// <summary>x, if a value is x².</summary>
    private string? Squared(string name) =>
        Maker(name, "Pow") is { } power && Scalar(power.Inputs[1]) == 2 ? power.Inputs[0] : Maker(name, "Mul") is { } product && product.Inputs[0] == product.Inputs[1] ? product.Inputs[0] : null;

    /// <summary>x, if a value is √x.</summary>
    private string? Root(string name) => Maker(name, "Sqrt") is { } root ? root.Inputs[0] : Maker(name, "Pow") is { } power && Scalar(power.Inputs[1]) == 0.5f ? power.Inputs[0] : null;

    /// <summary>x, if a value is 1 / √x.</summary>
    private string? Inverse(string name) =>
        Maker(name, "Reciprocal") is { } reciprocal ? Root(reciprocal.Inputs[0])
        : Maker(name, "Div") is { } quotient && Scalar(quotient.Inputs[0]) == 1 ? Root(quotient.Inputs[1])
        : Maker(name, "Pow") is { } power && Scalar(power.Inputs[1]) == -0.5f ? power.Inputs[0]
        : null;

    private GraphNode? Maker(string name, string type) => _makers.TryGetValue(name, out var maker) && maker.Operator == type && maker.Inputs.Count > 0 ? maker : null;

    private float? Scalar(string name) => _values.GetValueOrDefault(name)?.Constant is { Length: > 0 } constant ? Uniform(constant.AsFloats()) : null;

    /// <summary>The first axis of a mean that is over all axes from there on and keeps them; null for others.</summary>
    private int? TrailingAxes(GraphNode mean)
    {
        if (mean.Integer("keepdims", 1) == 0 || _values.GetValueOrDefault(mean.Inputs[0]) is not { Layer: not null } value)
            return null;
        var list = mean.Inputs.Count > 1 && mean.Inputs[1].Length > 0 ? _values.GetValueOrDefault(mean.Inputs[1])?.Constant : null;
        if (mean.Inputs.Count > 1 && list is null)
            return null;
        var axes = ShapeRules.ReducedAxes(ConstantFolder.Axes(mean, [null, list], 1), value.Shape.Length, emptyMeansNone: false);
        return axes.Length > 0 && axes.SequenceEqual(Enumerable.Range(axes[0], value.Shape.Length - axes[0])) ? axes[0] : null;
    }
}
