using System.Collections.Immutable;

namespace StaticNet.Serialization;

/// <summary>A tensor under a network's name and in its layout.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its elements, row-major.</param>
/// <param name="Reordered">A line that says how its inputs were put into another order; null where they were not.</param>
internal sealed record KerasTensor(string Name, ImmutableArray<int> Shape, float[] Values, string? Reordered);

/// <summary>Brings tensors of Keras to the names and layouts of a network, which are PyTorch's.</summary>
internal sealed class KerasTensors
{
    private ImmutableDictionary<string, int> _flattened = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>A name of Keras, <c>conv2d/kernel:0</c>, with dots.</summary>
    public static string Dotted(string name) => (name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name).Replace('/', '.');

    public KerasTensors WithFlattened(string layer, int channels) => new() { _flattened = _flattened.SetItem(layer, channels) };

    /// <summary>Converts a tensor.</summary>
    /// <param name="tensor">The tensor of the file.</param>
    /// <param name="name">The name that the map has given it, whose last part may be Keras' own.</param>
    /// <param name="table">The network's parameters.</param>
    /// <param name="description">The network.</param>
    public KerasTensor Convert(StateTensor tensor, string name, ParameterTable table, NetworkDescription description)
    {
        var leaf = LeafOf(Dotted(tensor.Name));
        if (LeafOf(name) == leaf)
            name = NewName(name, leaf, table);
        if (!table.TryGet(name, out var parameter))
            return new KerasTensor(name, tensor.Shape, tensor.Owned, null);
        if (leaf == "alpha" && tensor.Shape.Count(size => size != 1) <= 1 && tensor.Values.Length == parameter.Count)
            return new KerasTensor(name, parameter.Shape, tensor.Owned, null);
        if (!leaf.EndsWith("kernel", StringComparison.Ordinal) || tensor.Shape.Length is < 2 or > 4)
            return new KerasTensor(name, tensor.Shape, tensor.Owned, null);
        return Kernel(tensor, parameter, description);
    }

    /// <summary>The network's name of a parameter that still has Keras' last part.</summary>
    private static string NewName(string name, string leaf, ParameterTable table)
    {
        var layer = name[..^leaf.Length];
        // A separable convolution has two weights, a depthwise one has Keras' name of the first of them.
        var renamed = leaf switch
        {
            "kernel" or "gamma" => "weight",
            "depthwise_kernel" => table.TryGet(layer + "depthwiseWeight", out _) ? "depthwiseWeight" : "weight",
            "pointwise_kernel" => "pointwiseWeight",
            "beta" => "bias",
            "moving_mean" => "running_mean",
            "moving_variance" => "running_var",
            "alpha" => "slope",
            _ => leaf,
        };
        return layer + renamed;
    }

    private KerasTensor Kernel(StateTensor tensor, ParameterInfo parameter, NetworkDescription description)
    {
        var shape = tensor.Shape;
        var values = tensor.Values;
        var positions = shape[..^2];
        var (inputs, outputs) = (shape[^2], shape[^1]);
        // [positions…, channels, multiplier]: each channel's outputs come one after the other.
        var isDepthwise = inputs > 1 && parameter.Shape.Length == shape.Length && shape.Length > 2 && parameter.Shape[1] == 1 && (long)inputs * outputs == parameter.Shape[0];
        ImmutableArray<int> converted = isDepthwise ? [inputs * outputs, 1, .. positions] : [outputs, inputs, .. positions];
        var result = new float[values.Length];
        var count = values.IsEmpty ? 0 : values.Length / (inputs * outputs);
        var channels = shape.Length == 2 ? ChannelsOf(parameter, inputs, description) : 1;
        var pixels = inputs / channels;
        for (var place = 0; place < count; place++)
        {
            for (var input = 0; input < inputs; input++)
            {
                // From [pixel, channel] to [channel, pixel].
                var row = channels == 1 ? input : (input % channels * pixels) + (input / channels);
                for (var output = 0; output < outputs; output++)
                {
                    var to = isDepthwise ? (input * outputs) + output : (output * inputs) + row;
                    result[(to * count) + place] = values[(((place * inputs) + input) * outputs) + output];
                }
            }
        }

        var reordered = channels > 1 && pixels > 1 ? $"{parameter.Name}: {inputs} inputs from [{pixels} pixels, {channels} channels] to [{channels} channels, {pixels} pixels]" : null;
        return new KerasTensor(parameter.Name, converted, result, reordered);
    }

    /// <summary>The channels of the image that a dense layer takes as one row; 1 if there is no such image.</summary>
    private int ChannelsOf(ParameterInfo parameter, int inputs, NetworkDescription description)
    {
        if (_flattened.TryGetValue(parameter.Layer, out var channels))
        {
            return inputs % channels == 0
                ? channels
                : throw new ArgumentException($"{parameter.Name}: expected a number of channels that divides its {inputs} inputs, but got {channels}.");
        }

        var place = description.Layers.Length - 1;
        while (place >= 0 && description.Layers[place].Name != parameter.Layer)
            place--;
        // Backwards over what keeps the row as it is: Flatten, dropout, activations.
        while (--place >= 0)
        {
            var shape = description.Layers[place].OutputShape;
            if (shape.Aggregate(1L, (product, size) => product * size) != inputs)
                return 1;
            if (shape.Length > 1)
                return shape[0];
        }

        return place == -1 && description.Inputs is [{ Shape: [var first, _, ..] } input] && input.Length == inputs ? first : 1;
    }

    private static string LeafOf(string name) => name[(name.LastIndexOf('.') + 1)..];
}
