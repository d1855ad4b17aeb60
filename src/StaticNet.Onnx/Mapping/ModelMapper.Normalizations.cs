using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Normalisations and softmax.</summary>
internal sealed partial class ModelMapper
{
    private void AddNormalizations()
    {
        _operators.Add("BatchNormalization", (node, inputs) => [BatchNorm(node, inputs)]);
        _operators.Add("LayerNormalization", (node, inputs) => node.Outputs.Count == 1 ? [LayerNorm(node, inputs, "LayerNorm")] : [LayerNorm(node, inputs, "LayerNorm"), .. Moments(node, inputs[0]!)]);
        _operators.Add("RMSNormalization", (node, inputs) => [LayerNorm(node, inputs, "RMSNorm")]);
        _operators.Add("SimplifiedLayerNormalization", (node, inputs) => [LayerNorm(node, inputs, "RMSNorm")]);
        Add("InstanceNormalization", (node, inputs) => BySample(inputs, one => InstanceNorm(node, one)));
        Add("GroupNormalization", (node, inputs) => BySample(inputs, one => GroupNorm(node, one)));
        Add("LRN", (node, inputs) => BySample(inputs, one => LocalResponseNorm(node, one)));
        Add("Softmax", (node, inputs) => Softmax(node, inputs[0]!, Activation.Softmax));
        Add("LogSoftmax", (node, inputs) => Softmax(node, inputs[0]!, Activation.LogSoftmax));
        Add("LpNormalization", LpNormalization);
    }

    private Value BatchNorm(GraphNode node, Value?[] inputs)
    {
        if (node.Integer("training_mode", 0) != 0)
            throw new ModelFaultException("it is in training mode", "Export the model for inference");
        var value = inputs[0]!;
        var (scale, bias, mean, variance) = (Constant(inputs, 1, "scale").AsFloats(), Constant(inputs, 2, "bias").AsFloats(), Constant(inputs, 3, "mean").AsFloats(), Constant(inputs, 4, "variance").AsFloats());
        var (channels, epsilon) = (scale.Length, node.Single("epsilon", 1e-5f));
        if (value.Shape.Length < 2 || value.Shape[1] != channels || bias.Length != channels || mean.Length != channels || variance.Length != channels)
            throw new ModelFaultException($"its {channels} channels are not those of {Indexing.Text(value.Shape)}");
        if (value.Shape[0] != 1)
        {
            float[] factors = [.. variance.Select((number, index) => scale[index] / MathF.Sqrt(number + epsilon))];
            int[] shape = [channels, .. Enumerable.Repeat(1, value.Shape.Length - 2)];
            var scaled = Combined("*", value, Value.Of(Tensor.Of(factors, shape)));
            return Combined("+", scaled, Value.Of(Tensor.Of([.. bias.Select((number, index) => number - (mean[index] * factors[index]))], shape)));
        }

        var layer = Layer(value);
        if (layer.Shape[0] != channels)
            layer = layer.Length == channels ? _build.View(layer, channels) : _build.View(layer, channels, layer.Length / channels);
        var norm = LayerBuilder.Layer(new AttributeDeclaration("BatchNorm").With("Epsilon", epsilon, 1e-5f), layer, [.. layer.Shape])
            .With("weight", scale, channels).With("bias", bias, channels).With("running_mean", mean, channels).With("running_var", variance, channels).With("num_batches_tracked", [0f], 1);
        return Value.Of(norm, value.Shape);
    }

    private Value LayerNorm(GraphNode node, Value?[] inputs, string name)
    {
        var value = inputs[0]!;
        var axis = Indexing.Axis(node.Integer("axis", -1), value.Shape.Length);
        var (rows, length) = (Indexing.Length(value.Shape[..axis]), Indexing.Length(value.Shape[axis..]));
        var scale = new StretchedConstant(Constant(inputs, 1, "scale"), value.Shape[axis..]).All(_budget);
        var bias = Optional(inputs, 2, "bias") is { } given ? new StretchedConstant(given, value.Shape[axis..]).All(_budget) : new float[length];
        return Value.Of(Normed(Layer(value), name, rows, length, node.Single("epsilon", 1e-5f), scale, bias), value.Shape);
    }

    /// <summary>The mean and 1 / deviation that a layer norm divides by.</summary>
    private Value[] Moments(GraphNode node, Value value)
    {
        var first = Indexing.Axis(node.Integer("axis", -1), value.Shape.Length);
        int[] axes = [.. Enumerable.Range(first, value.Shape.Length - first)];
        var known = Value.Of(Layer(value), value.Shape);
        var mean = Reduced(known, axes, keeps: true, "ReduceMean");
        var mean2 = Value.Of(Layer(mean), mean.Shape);
        var distance = Value.Of(Layer(Combined("-", known, mean2)), value.Shape);
        var variance = Reduced(Applied(distance, x => Pair("*", x, x)), axes, keeps: true, "ReduceMean");
        var epsilon = Expression.Number(node.Single("epsilon", 1e-5f));
        return [mean2, Applied(variance, x => new Expression.Call("reciprocal", new Expression.Call("sqrt", Pair("+", x, epsilon))))];
    }

    private LayerNode Normed(LayerNode layer, string name, int rows, int length, float epsilon, float[]? scale, float[]? bias)
    {
        var view = rows == 1 ? _build.View(layer, length) : layer.Shape[^1] == length ? layer : _build.View(layer, rows, length);
        var attribute = new AttributeDeclaration(name).With("FirstAxis", rows == 1 ? 0 : -1, 0).With("Epsilon", epsilon, name == "RMSNorm" ? 1e-6f : 1e-5f).With("Affine", scale is not null, true);
        var norm = LayerBuilder.Layer(attribute, view, [.. view.Shape]);
        if (scale is not null)
            norm.With("weight", scale, length);
        if (scale is not null && name == "LayerNorm")
            norm.With("bias", bias!, length);
        return norm;
    }

    private Value InstanceNorm(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var layer = Channels(value);
        var channels = layer.Shape[0];
        var norm = LayerBuilder.Layer(new AttributeDeclaration("InstanceNorm").With("Affine", true).With("Epsilon", node.Single("epsilon", 1e-5f), 1e-5f), layer, [.. layer.Shape])
            .With("weight", Constant(inputs, 1, "scale").AsFloats(), channels).With("bias", Constant(inputs, 2, "bias").AsFloats(), channels);
        return Value.Of(norm, value.Shape);
    }

    private Value GroupNorm(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var layer = Channels(value);
        var (channels, groups) = (layer.Shape[0], checked((int)node.Integer("num_groups", 1)));
        var (scale, bias) = (Constant(inputs, 1, "scale").AsFloats(), Constant(inputs, 2, "bias").AsFloats());
        var norm = LayerBuilder.Layer(new AttributeDeclaration("GroupNorm", groups).With("Epsilon", node.Single("epsilon", 1e-5f), 1e-5f), layer, [.. layer.Shape])
            .With("weight", Each(scale), channels).With("bias", Each(bias), channels);
        return Value.Of(norm, value.Shape);

        // Before version 21, there is a number for each group.
        float[] Each(float[] numbers) => numbers.Length == channels ? numbers
            : numbers.Length == groups ? [.. Enumerable.Range(0, channels).Select(channel => numbers[channel / (channels / groups)])]
            : throw new ModelFaultException($"it has {numbers.Length} numbers for {channels} channels in {groups} groups");
    }

    private Value LocalResponseNorm(GraphNode node, Value?[] inputs)
    {
        var (value, size) = (inputs[0]!, checked((int)node.Integer("size", 1)));
        var layer = Channels(value);
        var attribute = new AttributeDeclaration("LocalResponseNorm").With("Size", size, 5).With("Alpha", node.Single("alpha", 1e-4f) / size, 1e-4f)
            .With("Beta", node.Single("beta", 0.75f), 0.75f).With("K", node.Single("bias", 1), 2f);
        // An even window reaches further to the other side than ONNX's.
        return size % 2 == 1 ? Value.Of(LayerBuilder.Layer(attribute, layer, [.. layer.Shape]), value.Shape) : throw new ModelFaultException("its window has an even size");
    }

    /// <summary>A view [channels, …] of one sample.</summary>
    private LayerNode Channels(Value value)
    {
        if (value.Shape.Length < 3 || value.Shape[0] != 1)
            throw new ModelFaultException($"its input {Indexing.Text(value.Shape)} is not one sample of channels with positions", "Set the batch with --dim 0=1");
        var layer = Layer(value);
        return layer.Shape[0] == value.Shape[1] && layer.Shape.Length > 1 ? layer : _build.View(layer, value.Shape[1], layer.Length / value.Shape[1]);
    }

    private Value Softmax(GraphNode node, Value value, Activation activation)
    {
        var rank = value.Shape.Length;
        // Before version 13, all axes from the given one on are one.
        var axis = Indexing.Axis(node.Integer("axis", node.Opset < 13 ? 1 : -1), rank);
        int[] shape = node.Opset < 13 ? [Indexing.Length(value.Shape[..axis]), Indexing.Length(value.Shape[axis..])] : value.Shape;
        if (node.Opset < 13)
            axis = 1;
        var (before, size, after) = (Indexing.Length(shape[..axis]), shape[axis], Indexing.Length(shape[(axis + 1)..]));
        var layer = Layer(value);
        var attribute = new AttributeDeclaration("Activation", activation);
        if (after == 1)
        {
            var view = layer.Shape[^1] == size ? layer : before == 1 ? _build.View(layer, size) : _build.View(layer, before, size);
            return Value.Of(LayerBuilder.Layer(attribute, view, [.. view.Shape]), value.Shape);
        }

        var turned = _build.Permute(layer, [before, size, after], [0, 2, 1]);
        return Value.Of(_build.Permute(LayerBuilder.Layer(attribute, turned, before, after, size), [before, after, size], [0, 2, 1]), value.Shape);
    }

    private Value LpNormalization(GraphNode node, Value?[] inputs)
    {
        var value = inputs[0]!;
        var axis = Indexing.Axis(node.Integer("axis", -1), value.Shape.Length);
        var isSquare = node.Integer("p", 2) == 2;
        var parts = Value.Of(Layer(value), value.Shape);
        var sum = Reduced(isSquare ? Applied(parts, x => Pair("*", x, x)) : Applied(parts, x => new Expression.Call("abs", x)), [axis], keeps: true, "ReduceSum");
        return Combined("/", parts, isSquare ? Applied(sum, x => new Expression.Call("sqrt", x)) : sum);
    }
}
