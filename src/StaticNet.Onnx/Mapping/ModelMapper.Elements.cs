using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Operators that work element by element.</summary>
internal sealed partial class ModelMapper
{
    private void AddElements()
    {
        foreach (var (name, function) in new[]
        {
            ("Abs", "abs"), ("Ceil", "ceiling"), ("Cos", "cos"), ("Erf", "erf"), ("Exp", "exp"), ("Floor", "floor"), ("Log", "log"), ("Reciprocal", "reciprocal"), ("Relu", "relu"), ("Round", "round"), ("Sigmoid", "sigmoid"),
            ("Sign", "sign"), ("Sin", "sin"), ("Softplus", "softplus"), ("Softsign", "softsign"), ("Sqrt", "sqrt"), ("Tanh", "tanh"),
        })
            Function(name, (_, x) => new Expression.Call(function, x));
        Function("Neg", (_, x) => Pair("-", Expression.Number(0), x));
        Function("Identity", (_, x) => x);
        Function("Not", (_, x) => Pair("-", Expression.Number(1), x));
        Function("HardSigmoid", (node, x) => new Expression.Bounded(
            Pair("+", Pair("*", x, Expression.Number(node.Single("alpha", 0.2f))), Expression.Number(node.Single("beta", 0.5f))), 0, 1));
        Function("HardSwish", (_, x) => Pair("*", x, new Expression.Bounded(Pair("+", Pair("/", x, Expression.Number(6)), Expression.Number(0.5f)), 0, 1)));
        Function("Mish", (_, x) => Pair("*", x, new Expression.Call("tanh", new Expression.Call("softplus", x))));
        Function("ThresholdedRelu", (node, x) => new Expression.Choice(">", x, Expression.Number(node.Single("alpha", 1)), x, Expression.Number(0)));
        Function("Shrink", (node, x) => Shrink(x, node.Single("lambd", 0.5f), node.Single("bias", 0)));
        Function("Affine", (node, x) => Pair("+", Pair("*", x, Expression.Number(node.Single("alpha", 1))), Expression.Number(node.Single("beta", 0))));
        Function("Celu", (node, x) => Celu(x, node.Single("alpha", 1)));
        Function("Swish", (node, x) => Pair("*", x, new Expression.Call("sigmoid", Pair("*", x, Expression.Number(node.Single("alpha", 1))))));
        Add("Gelu", (node, inputs) => Activated(inputs[0]!, node.Text("approximate", "none") == "tanh" ? Activation.GELUTanh : Activation.GELU));
        Add("LeakyRelu", (node, inputs) => Activated(inputs[0]!, Activation.LeakyReLU, node.Single("alpha", 0.01f), 0.01f));
        Add("Elu", (node, inputs) => Activated(inputs[0]!, Activation.ELU, node.Single("alpha", 1), 1));
        Add("Selu", (node, inputs) => Selu(inputs[0]!, node.Single("alpha", 1.67326319217681884765625f), node.Single("gamma", 1.05070102214813232421875f)));
        Add("PRelu", (node, inputs) => PRelu(inputs[0]!, SlopeOf(node, inputs[0]!, Constant(inputs, 1, "slope"))));
        Add("Clip", Clip);
        _operators.Add("Dropout", (node, inputs) => [Dropout(inputs), Value.Of(Tensor.OfBooleans([.. Enumerable.Repeat(1L, Indexing.Length(inputs[0]!.Shape))], inputs[0]!.Shape))]);
        Add("Cast", (node, inputs) => Cast(inputs[0]!, node.Integer("to", 1)));
        Add("CastLike", (_, inputs) => inputs[0]!);
        Add("Pow", (_, inputs) => Power(inputs[0]!, Constant(inputs, 1, "exponent")));
        Add("ImageScaler", ImageScaler);
        foreach (var (name, sign) in new[] { ("Add", "+"), ("Sub", "-"), ("Mul", "*"), ("Div", "/"), ("Max", "max"), ("Min", "min"), ("Sum", "+") })
            Add(name, (node, inputs) => (sign is "*" or "/" ? Norm(node) : null) ?? inputs.Skip(1).Aggregate(inputs[0]!, (a, b) => Combined(sign, a, Aligned(node, a, b!))));
        Add("Mean", (_, inputs) => Applied(
            inputs.Skip(1).Aggregate(inputs[0]!, (a, b) => Combined("+", a, b!)), x => Pair("/", x, Expression.Number(inputs.Length))));
        Add("And", (_, inputs) => Combined("*", inputs[0]!, inputs[1]!));
        Add("Or", (_, inputs) => Combined("max", inputs[0]!, inputs[1]!));
        foreach (var (name, sign) in new[] { ("Less", "<"), ("LessOrEqual", "<="), ("Greater", ">"), ("GreaterOrEqual", ">=") })
            Add(name, (_, inputs) => Applied(Combined("-", inputs[0]!, inputs[1]!), x => Truth(sign, x)));
        Add("Equal", (_, inputs) => Applied(
            Combined("-", inputs[0]!, inputs[1]!),
            x => new Expression.Choice(">", new Expression.Call("abs", x), Expression.Number(0), Expression.Number(0), Expression.Number(1))));
        Add("Where", (_, inputs) => Where(inputs[0]!, inputs[1]!, inputs[2]!));
    }

    private void Function(string name, Func<GraphNode, Expression, Expression> function) => Add(name, (node, inputs) => Applied(inputs[0]!, x => function(node, x)));

    /// <summary>In version 6, the second operand's axes begin at a given axis of the first.</summary>
    private static Value Aligned(GraphNode node, Value a, Value b)
    {
        if (node.Opset > 6 || !node.Has("axis") || node.Integer("broadcast", 0) == 0)
            return b;
        var after = a.Shape.Length - Indexing.Axis(node.Integer("axis", 0), a.Shape.Length) - b.Shape.Length;
        return after > 0 ? b.Reshaped([.. b.Shape, .. Enumerable.Repeat(1, after)]) : b;
    }

    private static Expression.Pair Pair(string sign, Expression left, Expression right) => new(sign, left, right);

    private static Expression.Choice Truth(string sign, Expression x) => new(sign, x, Expression.Number(0), Expression.Number(1), Expression.Number(0));

    private static Value Applied(Value value, Func<Expression, Expression> function) =>
        Value.Of(value.Layer ?? throw new ModelFaultException("its input is a constant in a way that is not supported"), value.Shape, function(value.Function));

    private Value Activated(Value value, Activation activation, float alpha = 0, float usual = 0) =>
        Layered(value, new AttributeDeclaration("Activation", activation).With("Alpha", alpha, usual));

    /// <summary>A layer that leaves the shape unchanged.</summary>
    private Value Layered(Value value, AttributeDeclaration attribute)
    {
        var layer = Layer(value);
        return Value.Of(LayerBuilder.Layer(attribute, layer, [.. layer.Shape]), value.Shape);
    }

    private static Expression.Choice Shrink(Expression x, float limit, float bias) => new(
        ">", x, Expression.Number(limit), Pair("-", x, Expression.Number(bias)),
        new Expression.Choice("<", x, Expression.Number(-limit), Pair("+", x, Expression.Number(bias)), Expression.Number(0)));

    private static Expression.Choice Celu(Expression x, float alpha) => new(
        ">", x, Expression.Number(0), x,
        Pair("*", Expression.Number(alpha), Pair("-", new Expression.Call("exp", Pair("/", x, Expression.Number(alpha))), Expression.Number(1))));

    private Value Selu(Value value, float alpha, float gamma)
    {
        if (Math.Abs(alpha - 1.6732632f) < 1e-5f && Math.Abs(gamma - 1.0507010f) < 1e-5f)
            return Activated(value, Activation.SELU);
        return Applied(value, x => new Expression.Choice(
            ">", x, Expression.Number(0), Pair("*", Expression.Number(gamma), x),
            Pair("*", Expression.Number(gamma * alpha), Pair("-", new Expression.Call("exp", x), Expression.Number(1)))));
    }

    /// <summary>In version 6, a list of slopes is one for each channel.</summary>
    private static Tensor SlopeOf(GraphNode node, Value value, Tensor slope) =>
        node.Opset < 7 && slope is { Length: > 1, Shape.Length: 1 } ? slope.Reshaped([slope.Length, .. Enumerable.Repeat(1, value.Shape.Length - 2)]) : slope;

    private Value PRelu(Value value, Tensor slope)
    {
        if (slope.Length == 1)
            return Activated(value, Activation.LeakyReLU, slope.AsFloats()[0], 0.01f);
        var layer = Layer(value);
        var all = new StretchedConstant(slope, value.Shape);
        var channels = layer.Shape[0];
        if (all.ByFirstAxis(channels) is { } slopes)
            return Value.Of(LayerBuilder.Layer(new AttributeDeclaration("Activation", Activation.PReLU), layer, [.. layer.Shape]).With("slope", slopes, channels), value.Shape);
        // A slope for each element: those of a vector are its channels.
        var flat = _build.View(layer, layer.Length);
        return Value.Of(LayerBuilder.Layer(new AttributeDeclaration("Activation", Activation.PReLU), flat, flat.Length).With("slope", all.All(_budget), flat.Length), value.Shape);
    }

    private Value Clip(GraphNode node, Value?[] inputs)
    {
        var low = Bound(1, "min", float.NegativeInfinity);
        var high = Bound(2, "max", float.PositiveInfinity);
        if (float.IsNaN(low) || float.IsNaN(high))
            throw new ModelFaultException("a bound is not a number");
        // The upper bound is the stronger one.
        low = Math.Min(low, high);
        if (low == float.NegativeInfinity && high == float.PositiveInfinity)
            return inputs[0]!;
        return Applied(inputs[0]!, x => new Expression.Bounded(x, low, high));

        float Bound(int input, string name, float otherwise) => Optional(inputs, input, name) is { } bound ? bound.AsFloats()[0] : node.Single(name, otherwise);
    }

    private static Value Dropout(Value?[] inputs) =>
        Optional(inputs, 2, "training mode") is { } training && training.AsIntegers()[0] != 0
            ? throw new ModelFaultException("it is in training mode", "Export the model for inference")
            : inputs[0]!;

    private static Value Cast(Value value, long to) => to switch
    {
        1 or 10 or 11 or 16 => value,
        // Truth values are 0 and 1 already if they come from comparisons; whole numbers come from nothing but ArgMax.
        9 => Applied(value, x => x is Expression.Choice ? x : new Expression.Choice(">", new Expression.Call("abs", x), Expression.Number(0), Expression.Number(1), Expression.Number(0))),
        6 or 7 when value.Function is Expression.Choice || value.Layer?.PreferredName == IndexName => value,
        _ => throw new ModelFaultException("it casts numbers with fractions to whole numbers", "Choose an output before it with --output"),
    };

    private static Value Power(Value value, Tensor exponent)
    {
        var power = Uniform(exponent.AsFloats()) ?? throw new ModelFaultException("its exponents differ");
        if (Indexing.Broadcast(value.Shape, exponent.Shape).Length != value.Shape.Length)
            value = value.Reshaped(Indexing.Broadcast(value.Shape, exponent.Shape));
        return power == 1 ? value : power == 2 ? Applied(value, x => Pair("*", x, x)) : Applied(value, x => new Expression.Power(x, power));
    }

    private Value ImageScaler(GraphNode node, Value?[] inputs)
    {
        var bias = node.Singles("bias") ?? throw new ModelFaultException("it has no bias");
        var scaled = Applied(inputs[0]!, x => Pair("*", x, Expression.Number(node.Single("scale", 1))));
        return Combined("+", scaled, Value.Of(Tensor.Of(bias, 1, bias.Length, 1, 1)));
    }

    /// <summary>One of two values by a truth value, as c · a + (1 − c) · b.</summary>
    private Value Where(Value condition, Value yes, Value no)
    {
        if (condition.Constant is not null)
            throw new ModelFaultException("its condition is a constant but its values are not");
        if (yes.Constant?.AsFloats().All(float.IsFinite) == false || no.Constant?.AsFloats().All(float.IsFinite) == false)
            throw new ModelFaultException("one of its values is infinite", "Use a large number instead");
        var layer = Value.Of(Layer(condition), condition.Shape);
        var first = Combined("*", layer, yes);
        var second = Combined("*", Applied(layer, x => Pair("-", Expression.Number(1), x)), no);
        return Combined("+", first, second);
    }
}
