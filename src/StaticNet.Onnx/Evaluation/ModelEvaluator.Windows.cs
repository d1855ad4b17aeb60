using StaticNet.Onnx.Mapping;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Evaluation;

/// <summary>Convolutions, pooling, norms and padding.</summary>
internal sealed partial class ModelEvaluator
{
    private static Tensor Convolution(GraphNode node, Tensor?[] inputs)
    {
        var (input, weight) = (inputs[0]!, inputs[1]!);
        var window = Windows.Of(node, input.Shape[2..], weight.Shape[2..]);
        var (channels, filters, groups) = (input.Shape[1], weight.Shape[0], (int)node.Integer("group", 1));
        int[] output = [.. window.Select(axis => axis.ConvolutionOutput)];
        var (pixels, outputs, taps) = (Indexing.Length(input.Shape[2..]), Indexing.Length(output), Indexing.Length(weight.Shape[2..]));
        var (x, w, b) = (input.AsFloats(), weight.AsFloats(), inputs.Length > 2 ? inputs[2]?.AsFloats() : null);
        var sources = Sources(window, input.Shape[2..], output, weight.Shape[2..]);
        var (result, own) = (new float[input.Shape[0] * filters * outputs], channels / groups);
        for (var place = 0; place < result.Length; place++)
        {
            var (sample, filter, pixel) = (place / outputs / filters, place / outputs % filters, place % outputs);
            var sum = b is null ? 0 : (double)b[filter];
            for (var channel = 0; channel < own; channel++)
            {
                var plane = ((sample * channels) + (filter / (filters / groups) * own) + channel) * pixels;
                for (var tap = 0; tap < taps; tap++)
                {
                    if (sources[(pixel * taps) + tap] is var source && source >= 0)
                        sum += (double)x[plane + source] * w[(((filter * own) + channel) * taps) + tap];
                }
            }

            result[place] = (float)sum;
        }

        return Tensor.Of(result, [input.Shape[0], filters, .. output]);
    }

    /// <summary>Each input pixel adds its multiple of the kernel to the output.</summary>
    private static Tensor TransposedConvolution(GraphNode node, Tensor?[] inputs)
    {
        var (input, weight) = (inputs[0]!, inputs[1]!);
        var spatial = weight.Shape.Length - 2;
        var extra = Windows.List(node, "output_padding", spatial, 0);
        var window = Windows.Transposed(node, input.Shape[2..], weight.Shape[2..], extra);
        int[] output = [.. window.Select((axis, index) => ((axis.Size - 1) * axis.Stride) - axis.Start - axis.End + axis.Span + extra[index])];
        var (channels, own, groups) = (input.Shape[1], weight.Shape[1], (int)node.Integer("group", 1));
        var (pixels, outputs, taps) = (Indexing.Length(input.Shape[2..]), Indexing.Length(output), Indexing.Length(weight.Shape[2..]));
        var (x, w, b) = (input.AsFloats(), weight.AsFloats(), inputs.Length > 2 ? inputs[2]?.AsFloats() : null);
        // The convolution from the output to the input reads where this one writes.
        var targets = Sources(window, output, input.Shape[2..], weight.Shape[2..]);
        var sums = new double[input.Shape[0] * own * groups * outputs];
        for (var place = 0; place < x.Length; place++)
        {
            var (sample, channel, pixel) = (place / pixels / channels, place / pixels % channels, place % pixels);
            for (var filter = 0; filter < own; filter++)
            {
                var plane = ((sample * own * groups) + (channel / (channels / groups) * own) + filter) * outputs;
                for (var tap = 0; tap < taps; tap++)
                {
                    if (targets[(pixel * taps) + tap] is var target && target >= 0)
                        sums[plane + target] += (double)x[place] * w[(((channel * own) + filter) * taps) + tap];
                }
            }
        }

        return Tensor.Of([.. sums.Select((sum, place) => (float)(sum + (b is null ? 0 : b[place / outputs % (own * groups)])))], [input.Shape[0], own * groups, .. output]);
    }

    /// <summary>For each output pixel and each tap, the pixel that it reads; −1 in the padding.</summary>
    private static int[] Sources(WindowAxis[] window, int[] input, int[] output, int[] kernel)
    {
        var (strides, sources) = (Indexing.Strides(input), new int[Indexing.Length(output) * Indexing.Length(kernel)]);
        for (var place = 0; place < sources.Length; place++)
        {
            var (pixel, tap, source) = (place / Indexing.Length(kernel), place % Indexing.Length(kernel), 0);
            for (var axis = window.Length - 1; axis >= 0; axis--)
            {
                var index = (pixel % output[axis] * window[axis].Stride) - window[axis].Start + (tap % kernel[axis] * window[axis].Dilation);
                source = source < 0 || index < 0 || index >= input[axis] ? -1 : source + (index * strides[axis]);
                (pixel, tap) = (pixel / output[axis], tap / kernel[axis]);
            }

            sources[place] = source;
        }

        return sources;
    }

    private static Tensor Pool(GraphNode node, Tensor input)
    {
        int[] kernel = [.. node.Integers("kernel_shape")!.Select(size => (int)size)];
        var window = Windows.Of(node, input.Shape[2..], kernel);
        var isCeil = node.Integer("ceil_mode", 0) != 0;
        if (isCeil && node.Integer("count_include_pad", 0) != 0)
            throw new ModelFaultException("pooling that counts padding and rounds up is not among what is computed for golden vectors");
        int[] output = [.. window.Select(axis => axis.PoolingOutput(isCeil))];
        var (pixels, outputs, taps) = (Indexing.Length(input.Shape[2..]), Indexing.Length(output), Indexing.Length(kernel));
        var (sources, values, result) = (Sources(window, input.Shape[2..], output, kernel), input.AsFloats(), new float[input.Length / pixels * outputs]);
        for (var place = 0; place < result.Length; place++)
        {
            var (plane, pixel) = (place / outputs * pixels, place % outputs);
            var read = sources.AsSpan(pixel * taps, taps).ToArray().Where(source => source >= 0).Select(source => values[plane + source]).ToArray();
            result[place] = node.Operator == "MaxPool" ? read.Max() : (float)(read.Sum(value => (double)value) / (node.Integer("count_include_pad", 0) != 0 ? taps : read.Length));
        }

        return Tensor.Of(result, [.. input.Shape[..2], .. output]);
    }

    private static Tensor GlobalPool(Tensor input, Func<float[], double> function) => Tensor.Of(
        [.. input.AsFloats().Chunk(Indexing.Length(input.Shape[2..])).Select(row => (float)function(row))], [.. input.Shape[..2], .. input.Shape[2..].Select(_ => 1)]);

    private static Tensor BatchNorm(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var (scale, bias, mean, variance) = (inputs[1]!.AsFloats(), inputs[2]!.AsFloats(), inputs[3]!.AsFloats(), inputs[4]!.AsFloats());
        var (pixels, epsilon) = (Indexing.Length(input.Shape[2..]), node.Single("epsilon", 1e-5f));
        return Tensor.Of([.. input.AsFloats().Select((x, place) => place / pixels % scale.Length is var channel
            ? (float)((((double)x - mean[channel]) / Math.Sqrt((double)variance[channel] + epsilon) * scale[channel]) + bias[channel]) : 0)], input.Shape);
    }

    private static Tensor InstanceNorm(GraphNode node, Tensor?[] inputs)
    {
        var (input, scale, bias) = (inputs[0]!, inputs[1]!.AsFloats(), inputs[2]!.AsFloats());
        return Tensor.Of([.. Normalised(input, Indexing.Length(input.Shape[2..]), node.Single("epsilon", 1e-5f), (row, _) => (scale[row % scale.Length], bias[row % scale.Length]))], input.Shape);
    }

    private static Tensor LayerNorm(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var shape = input.Shape[Indexing.Axis(node.Integer("axis", -1), input.Shape.Length)..];
        var (scale, bias) = (inputs[1]!.AsFloats(), inputs.Length > 2 ? inputs[2]?.AsFloats() : null);
        var (places, others) = (Indexing.BroadcastPlaces(inputs[1]!.Shape, shape), bias is null ? null : Indexing.BroadcastPlaces(inputs[2]!.Shape, shape));
        return Tensor.Of([.. Normalised(input, Indexing.Length(shape), node.Single("epsilon", 1e-5f), (_, index) => (scale[places[index]], bias is null ? 0 : bias[others![index]]))], input.Shape);
    }

    private static IEnumerable<float> Normalised(Tensor input, int length, double epsilon, Func<int, int, (float Scale, float Bias)> affine) =>
        input.AsFloats().Chunk(length).SelectMany((row, number) =>
        {
            var mean = row.Average(value => (double)value);
            var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + epsilon);
            return row.Select((value, index) => affine(number, index) is var (scale, bias) ? (float)(((value - mean) / deviation * scale) + bias) : 0);
        });

    private static Tensor Pad(GraphNode node, Tensor?[] inputs)
    {
        var input = inputs[0]!;
        var pads = inputs.Length > 1 && inputs[1] is { } list ? list.AsIntegers() : node.Integers("pads")!;
        var rank = input.Shape.Length;
        if (inputs.Length > 3 && inputs[3] is not null)
            throw new ModelFaultException("padding of chosen axes is not among what is computed for golden vectors");
        int[] shape = [.. input.Shape.Select((size, axis) => (int)(size + pads[axis] + pads[axis + rank]))];
        var (strides, own, values) = (Indexing.Strides(input.Shape), Indexing.Strides(shape), input.AsFloats());
        var (mode, number) = (node.Text("mode", "constant"), inputs.Length > 2 && inputs[2] is { Length: > 0 } value ? value.AsFloats()[0] : node.Single("value", 0));
        return Tensor.Of([.. Enumerable.Range(0, Indexing.Length(shape)).Select(place =>
        {
            var source = 0;
            for (var axis = 0; axis < rank && source >= 0; axis++)
            {
                var index = (place / own[axis] % shape[axis]) - (int)pads[axis];
                var isInside = index >= 0 && index < input.Shape[axis];
                source = isInside ? source + (strides[axis] * index)
                    : mode == "constant" ? -1
                    : source + (strides[axis] * ModelMapper.Source(index, input.Shape[axis], mode));
            }

            return source < 0 ? number : values[source];
        })], shape);
    }
}
