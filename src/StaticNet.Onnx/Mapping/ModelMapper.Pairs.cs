using StaticNet.Importing;
using StaticNet.Onnx.Elements;

namespace StaticNet.Onnx.Mapping;

/// <summary>Sums, differences, products and quotients of two values, of which one may be a constant.</summary>
internal sealed partial class ModelMapper
{
    private static readonly Dictionary<string, string> Joins = new(StringComparer.Ordinal)
    {
        ["+"] = "Add",
        ["-"] = "Subtract",
        ["*"] = "Multiply",
        ["/"] = "Divide",
        ["max"] = "Maximum",
        ["min"] = "Minimum",
    };

    private Value Combined(string sign, Value a, Value b)
    {
        var shape = Indexing.Broadcast(a.Shape, b.Shape);
        if (a.Constant is not null && b.Constant is not null)
            return Value.Of(_folder.OfTwo(NameOf(sign), a.Constant, b.Constant));
        if (a.Constant is { } left)
            return WithConstant(sign, b, left, shape, isLeft: true);
        if (b.Constant is { } right)
            return WithConstant(sign, a, right, shape, isLeft: false);
        if (a.Layer == b.Layer && Indexing.Length(a.Shape) == Indexing.Length(b.Shape) && Indexing.Length(shape) == Indexing.Length(a.Shape)
            && a.Function.Size + b.Function.Size < 24)
            return Value.Of(a.Layer!, shape, Pair(sign, a.Function, b.Function));
        var (x, y) = (_build.Broadcast(Layer(a), a.Shape, shape), _build.Broadcast(Layer(b), b.Shape, shape));
        return Value.Of(LayerBuilder.Join(Joins[sign], x, _build.View(y, [.. x.Shape])), shape);
    }

    private static string NameOf(string sign) => sign switch { "+" => "Add", "-" => "Sub", "*" => "Mul", "/" => "Div", "max" => "Max", _ => "Min" };

    private Value WithConstant(string sign, Value value, Tensor constant, int[] shape, bool isLeft)
    {
        // A bias or a gain of equal numbers is one too.
        if (!IsNumber(value, constant) && TryParameter(sign, value, constant, shape, isLeft) is { } absorbed)
            return absorbed;
        if (Uniform(constant.AsFloats()) is { } number && float.IsFinite(number) && !(sign == "/" && !isLeft && number == 0))
            return Stretched(value, shape) is var stretched && IsNothing(sign, number, isLeft) ? stretched : Scalar(sign, stretched, number, isLeft);
        var stretchedLayer = _build.Broadcast(Layer(value), value.Shape, shape);
        var numbers = new StretchedConstant(constant, shape);
        var channels = numbers.ByFirstAxis(stretchedLayer.Shape[0]);
        var operand = channels is not null ? LayerGraph.Constant(channels, channels.Length) : LayerGraph.Constant(numbers.All(_budget), stretchedLayer.Shape.AsSpan());
        return Value.Of(isLeft ? LayerBuilder.Join(Joins[sign], operand, stretchedLayer) : LayerBuilder.Join(Joins[sign], stretchedLayer, operand), shape);
    }

    /// <summary>Whether a constant is a single number, which is meant for all units of a layer.</summary>
    private static bool IsNumber(Value value, Tensor constant) => Indexing.Length(constant.Shape) == 1 && (constant.Shape.Length == 0 || value.Layer is not { } layer || UnitsOf(layer) > 1);

    /// <summary>The outputs of a layer that have a bias each.</summary>
    private static int UnitsOf(LayerNode layer) => layer.Attribute.Name == "Dense" ? layer.Shape[^1] : layer.Shape[0];

    private Value Stretched(Value value, int[] shape) => Indexing.Length(shape) == Indexing.Length(value.Shape)
        ? value.Reshaped(shape)
        : Value.Of(_build.Broadcast(Layer(value), value.Shape, shape), shape);

    private static bool IsNothing(string sign, float number, bool isLeft) => sign switch
    {
        "+" => number == 0,
        "*" => number == 1,
        "-" => !isLeft && number == 0,
        "/" => !isLeft && number == 1,
        _ => false,
    };

    private static Value Scalar(string sign, Value value, float number, bool isLeft) => (sign, isLeft) switch
    {
        ("max", _) => Applied(value, x => new Expression.Bounded(x, number, float.PositiveInfinity)),
        ("min", _) => Applied(value, x => new Expression.Bounded(x, float.NegativeInfinity, number)),
        (_, true) => Applied(value, x => Pair(sign, Expression.Number(number), x)),
        _ => Applied(value, x => Pair(sign, x, Expression.Number(number))),
    };

    /// <summary>A sum that is a bias, or a factor that is the gain of a norm, of the layer before it.</summary>
    private static Value? TryParameter(string sign, Value value, Tensor constant, int[] shape, bool isLeft)
    {
        if (!value.IsExclusive || value.Function != Expression.X || value.Layer is not { } layer || Indexing.Length(shape) != Indexing.Length(value.Shape) || (isLeft && sign == "-"))
            return null;
        var isSum = sign is "+" or "-";
        var all = new StretchedConstant(sign == "-" ? Tensor.Of([.. constant.AsFloats().Select(number => -number)], constant.Shape) : constant, shape);
        if (isSum && layer.Attribute["Bias"] is false)
        {
            var bias = layer.Attribute.Name == "Dense" ? all.ByLastAxis(layer.Shape[^1]) : all.ByFirstAxis(layer.Shape[0]);
            if (bias is null || layer.Attribute["Activation"] is not null)
                return null;
            layer.Attribute = layer.Attribute.Without("Bias");
            layer.With("bias", bias, bias.Length);
            return Value.Of(layer, shape);
        }

        return layer.Attribute.Name is "LayerNorm" or "RMSNorm" ? NormParameter(sign, layer, all, shape) : null;
    }

    private static Value? NormParameter(string sign, LayerNode norm, StretchedConstant all, int[] shape)
    {
        int[] normalised = norm.Attribute["FirstAxis"] is -1 ? [norm.Shape[^1]] : [.. norm.Shape];
        if (all.ByLastAxis(Indexing.Length(normalised)) is not { } row)
            return null;
        if (sign == "*" && norm.Attribute["Affine"] is false)
        {
            norm.Attribute = norm.Attribute.Without("Affine");
            norm.With("weight", row, normalised);
            if (norm.Attribute.Name == "LayerNorm")
                norm.With("bias", new float[row.Length], normalised);
            return Value.Of(norm, shape);
        }

        // The bias comes after the gain, and only once.
        if (sign is "+" or "-" && norm.Attribute.Name == "LayerNorm" && norm.Tensors.FirstOrDefault(tensor => tensor.Name == "bias") is { } bias && bias.Values.All(number => number == 0))
        {
            norm.With("bias", row, normalised);
            return Value.Of(norm, shape);
        }

        return null;
    }

    private static float? Uniform(float[] values) => values.Length > 0 && Array.TrueForAll(values, value => value == values[0]) ? values[0] : null;
}
