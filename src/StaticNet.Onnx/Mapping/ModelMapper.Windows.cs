using StaticNet.Importing;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Convolutions and pooling.</summary>
internal sealed partial class ModelMapper
{
    /// <summary>Each sample of a fixed batch has its own copy of the layer.</summary>
    private const int MostSamples = 16;

    private void AddWindows()
    {
        Add("Conv", (node, inputs) => BySample(inputs, one => Convolution(node, one)));
        Add("ConvTranspose", (node, inputs) => BySample(inputs, one => TransposedConvolution(node, one)));
        _operators.Add("MaxPool", (node, inputs) => [Pool(node, inputs[0]!, "MaxPool")]);
        Add("AveragePool", (node, inputs) => Pool(node, inputs[0]!, "AveragePool"));
        Add("GlobalAveragePool", (_, inputs) => GlobalPool(inputs[0]!, "GlobalAveragePool"));
        Add("GlobalMaxPool", (_, inputs) => GlobalPool(inputs[0]!, "GlobalMaxPool"));
    }

    private LayerNode Image(Value value, int spatial)
    {
        if (value.Shape.Length != spatial + 2)
            throw new ModelFaultException($"its input {Indexing.Text(value.Shape)} does not have {spatial} axes after the channels");
        if (spatial > 2)
            throw new ModelFaultException("it works over volumes; convolutions and pooling have one or two axes", "Use a model over images or sequences");
        return _build.View(Layer(value), [value.Shape[0] * value.Shape[1], .. value.Shape[2..]]);
    }

    /// <summary>A layer that works on one sample, for each sample of a batch that is written into the model.</summary>
    private Value BySample(Value?[] inputs, Func<Value?[], Value> map)
    {
        var value = inputs[0]!;
        var batch = value.Shape[0];
        if (batch == 1)
            return map(inputs);
        if (batch > MostSamples)
            throw new ModelFaultException($"its input has a batch of {batch}, which is written into the model", "Export the model for a batch of 1, or with an open batch");
        var layer = Layer(value);
        Value[] results = [.. Enumerable.Range(0, batch).Select(sample => map([Value.Of(_build.Slice(layer, value.Shape, 0, sample, 1), [1, .. value.Shape[1..]]), .. inputs[1..]]))];
        return Joined(results, [batch, .. results[0].Shape[1..]]);
    }

    private Value Convolution(GraphNode node, Value?[] inputs)
    {
        var weight = Constant(inputs, 1, "weight");
        var spatial = weight.Shape.Length - 2;
        var (image, window) = (Image(inputs[0]!, spatial), WindowOf(node, inputs[0]!.Shape, weight.Shape[2..]));
        var (filters, groups, channels) = (weight.Shape[0], checked((int)node.Integer("group", 1)), image.Shape[0]);
        if (weight.Shape[1] * groups != channels || filters % groups != 0)
            throw new ModelFaultException($"its weight {Indexing.Text(weight.Shape)} in {groups} groups does not fit {channels} channels");
        int[] shape = [filters, .. window.Select(axis => axis.ConvolutionOutput)];
        var isDepthwise = spatial == 2 && groups == channels && channels > 1;
        var attribute = isDepthwise ? new AttributeDeclaration("DepthwiseConv2D").With("DepthMultiplier", filters / channels, 1) : new AttributeDeclaration($"Conv{spatial}D", filters);
        attribute = Windows.Write(attribute, window, usualKernel: 3, usualStride: 1).With("Groups", isDepthwise ? 1 : groups, 1);
        if (!isDepthwise && spatial == 2 && _options.DirectConvolutions && window.All(axis => axis is { Kernel: 3, Stride: 1, Dilation: 1 }))
            attribute = attribute.With("Algorithm", ConvolutionAlgorithm.Direct);
        var layer = LayerBuilder.Layer(attribute.With("Bias", false), image, shape).With("weight", weight.AsFloats(), weight.Shape);
        return Value.Of(Biased(layer, Optional(inputs, 2, "bias")), [1, .. shape]);
    }

    private static LayerNode Biased(LayerNode layer, Tensor? bias)
    {
        if (bias is null)
            return layer;
        layer.Attribute = layer.Attribute.Without("Bias");
        return layer.With("bias", bias.AsFloats(), bias.Length);
    }

    private Value TransposedConvolution(GraphNode node, Value?[] inputs)
    {
        var weight = Constant(inputs, 1, "weight");
        var spatial = weight.Shape.Length - 2;
        var image = Image(inputs[0]!, spatial);
        var groups = checked((int)node.Integer("group", 1));
        var filters = weight.Shape[1] * groups;
        if (weight.Shape[0] != image.Shape[0])
            throw new ModelFaultException($"its weight {Indexing.Text(weight.Shape)} does not fit {image.Shape[0]} channels");
        var extra = Windows.List(node, "output_padding", spatial, 0);
        var window = Windows.Transposed(node, inputs[0]!.Shape[2..], weight.Shape[2..], extra);
        int[] shape = [filters, .. window.Select((axis, index) => ((axis.Size - 1) * axis.Stride) - axis.Start - axis.End + axis.Span + extra[index])];
        var attribute = Windows.Write(new AttributeDeclaration($"ConvTranspose{spatial}D", filters), window, usualKernel: 3, usualStride: 1).With("Groups", groups, 1);
        if (extra.Distinct().Count() == 1)
            attribute = attribute.With("OutputPadding", extra[0], 0);
        else
            attribute = attribute.With("OutputPaddingHeight", extra[0]).With("OutputPaddingWidth", extra[1]);
        var layer = LayerBuilder.Layer(attribute.With("Bias", false), image, shape).With("weight", weight.AsFloats(), weight.Shape);
        return Value.Of(Biased(layer, Optional(inputs, 2, "bias")), [1, .. shape]);
    }

    private Value Pool(GraphNode node, Value value, string name)
    {
        var kernel = (node.Integers("kernel_shape") ?? throw new ModelFaultException("it has no kernel_shape")).Select(size => checked((int)size)).ToArray();
        var (image, window) = (Image(value, kernel.Length), WindowOf(node, value.Shape, kernel));
        if (name == "AveragePool" && window.Any(axis => axis.Dilation != 1))
            throw new ModelFaultException("it averages dilated windows, which is not supported");
        if (node.Integer("storage_order", 0) != 0)
            throw new ModelFaultException("its indices are in the order of columns");
        var isCeil = node.Integer("ceil_mode", 0) != 0 && node.Text("auto_pad", "NOTSET") == "NOTSET";
        int[] shape = [image.Shape[0], .. window.Select(axis => axis.PoolingOutput(isCeil))];
        int[] result = [.. value.Shape[..2], .. shape[1..]];
        if (window.Any(axis => axis.Start * 2 > axis.Span || axis.End * 2 > axis.Span))
            return WidelyPadded(node, value, name, window, isCeil);
        var attribute = new AttributeDeclaration($"{name}{kernel.Length}D", kernel[0]);
        if (kernel.Length == 2)
            attribute = attribute.With("KernelWidth", kernel[1], kernel[0]);
        attribute = Windows.Write(attribute, window, usualKernel: 0, usualStride: 0).With("CeilMode", isCeil, false);
        var hasPadding = window.Any(axis => axis.Start + axis.End > 0);
        if (name == "AveragePool" && (hasPadding || isCeil) && node.Integer("count_include_pad", 0) == 0)
            attribute = attribute.With("CountIncludesPadding", false);
        return Value.Of(LayerBuilder.Layer(attribute, image, shape), result);
    }

    /// <summary>Pads of more than half of the window are padded before it: with the least float for a maximum, and with zeros for a mean, which is then
    /// divided by what it counts.</summary>
    private Value WidelyPadded(GraphNode node, Value value, string name, WindowAxis[] window, bool isCeil)
    {
        if (isCeil)
            throw new ModelFaultException("it pads by more than half of its window and rounds the number of windows up");
        int[] starts = [0, 0, .. window.Select(axis => axis.Start)];
        int[] ends = [0, 0, .. window.Select(axis => axis.End)];
        int[] shape = [.. value.Shape.Select((size, axis) => size + starts[axis] + ends[axis])];
        var padded = Value.Of(PadConstant(value, starts, ends, shape, name == "MaxPool" ? float.MinValue : 0), shape);
        WindowAxis[] inside = [.. window.Select(axis => axis with { Size = axis.Size + axis.Start + axis.End, Start = 0, End = 0 })];
        int[] sizes = [value.Shape[0] * value.Shape[1], .. inside.Select(axis => axis.ConvolutionOutput)];
        var attribute = new AttributeDeclaration($"{name}{inside.Length}D", inside[0].Kernel);
        if (inside.Length == 2)
            attribute = attribute.With("KernelWidth", inside[1].Kernel, inside[0].Kernel);
        var pooled = Value.Of(LayerBuilder.Layer(Windows.Write(attribute, inside, usualKernel: 0, usualStride: 0), Image(padded, inside.Length), sizes), [.. value.Shape[..2], .. sizes[1..]]);
        if (name == "MaxPool" || node.Integer("count_include_pad", 0) != 0)
            return pooled;
        int[] counts = [1, 1, .. sizes[1..]];
        float[] factors = [.. Indexing.Places(counts, Indexing.Strides(counts), 0).Select(place => Factor(place))];
        return Combined("*", pooled, Value.Of(Tensor.Of(factors, counts)));

        float Factor(int place)
        {
            var factor = 1f;
            for (var axis = window.Length - 1; axis >= 0; axis--)
            {
                var (index, own) = (place % sizes[axis + 1], window[axis]);
                place /= sizes[axis + 1];
                var first = (index * own.Stride) - own.Start;
                var covered = Math.Min(first + own.Kernel, own.Size) - Math.Max(first, 0);
                factor *= covered > 0 ? (float)own.Kernel / covered : throw new ModelFaultException("a window covers nothing but padding");
            }

            return factor;
        }
    }

    private Value GlobalPool(Value value, string name)
    {
        if (value.Shape.Length < 3)
            throw new ModelFaultException($"its input {Indexing.Text(value.Shape)} has no axes after the channels");
        var rows = value.Shape[0] * value.Shape[1];
        var layer = Layer(value);
        if (layer.Shape.Length < 2 || layer.Shape[0] != rows)
            layer = _build.View(layer, rows, layer.Length / rows);
        return Value.Of(LayerBuilder.Layer(new AttributeDeclaration(name), layer, rows), [.. value.Shape[..2], .. value.Shape[2..].Select(_ => 1)]);
    }

    private static WindowAxis[] WindowOf(GraphNode node, int[] input, int[] kernel) => Windows.Of(node, input[2..], kernel);
}
