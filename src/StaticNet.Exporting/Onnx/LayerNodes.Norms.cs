using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <content>Normalisation.</content>
internal sealed partial class LayerNodes
{
    /// <summary>By the running statistics, as at inference.</summary>
    private NodeValue Normalize(NodeValue input, BatchNorm norm)
    {
        var channels = input.Type.Channels;
        return Plain(
            input, input.Type, "BatchNormalization",
            [input.Name, norm.Affine ? Weight("weight") : Repeated("ones", 1, channels), norm.Affine ? Weight("bias") : Repeated("zeros", 0, channels), Weight("running_mean"), Weight("running_var")],
            ("epsilon", norm.Epsilon));
    }

    /// <summary>Over the last axes: layer and RMS normalisation.</summary>
    private NodeValue Normalize(NodeValue input, LayerNorm norm)
    {
        var axes = norm.NormalizedAxes(input.Type.Rank);
        if (norm.IsCentred)
        {
            var shape = input.Type.Shape.Skip(input.Type.Rank - axes).ToArray();
            var scale = norm.Affine ? Weight("weight") : model.Floats($"{_layer.Name}.ones", shape, [.. Enumerable.Repeat(1f, shape.Aggregate(1, (product, size) => product * size))]);
            return Plain(input, input.Type, "LayerNormalization", norm.Affine ? [input.Name, scale, Weight("bias")] : [input.Name, scale], ("axis", -axes), ("epsilon", norm.Epsilon));
        }

        var squares = model.Node("Pow", $"{_layer.Name}.squares", [input.Name, model.Number(2)]);
        var mean = model.Node("ReduceMean", $"{_layer.Name}.mean", [squares], ("axes", Enumerable.Range(-axes, axes)), ("keepdims", 1));
        var root = model.Node("Sqrt", $"{_layer.Name}.root", [model.Node("Add", $"{_layer.Name}.sum", [mean, model.Number(norm.Epsilon)])]);
        return norm.Affine
            ? Plain(input, input.Type, "Mul", model.Node("Div", $"{_layer.Name}.normalised", [input.Name, root]), Weight("weight"))
            : Plain(input, input.Type, "Div", input.Name, root);
    }

    /// <summary>Over groups of channels: each group as one channel of an instance normalisation.</summary>
    private NodeValue NormalizeGroups(NodeValue input, int groups, float epsilon, bool isAffine)
    {
        var channels = input.Type.Channels;
        if (groups == channels && input.Type.Rank > 1)
        {
            return Plain(
                input, input.Type, "InstanceNormalization",
                [input.Name, isAffine ? Weight("weight") : Repeated("ones", 1, channels), isAffine ? Weight("bias") : Repeated("zeros", 0, channels)],
                ("epsilon", epsilon));
        }

        var grouped = Reshape(input.Name, [-1, groups, input.Type.Length / groups]);
        var normalised = model.Node("InstanceNormalization", $"{_layer.Name}.groups", [grouped, Repeated("ones", 1, groups), Repeated("zeros", 0, groups)], ("epsilon", epsilon));
        var shaped = Plain(input, input.Type, "Reshape", normalised, model.Integers($"{_layer.Name}.shape", input.Type.Shape.Prepend(-1)));
        if (!isAffine)
            return shaped;
        var scaled = model.Node("Mul", $"{_layer.Name}.scaled", [shaped.Name, ByChannel("weight", input.Type)]);
        return Plain(input, input.Type, "Add", scaled, ByChannel("bias", input.Type));
    }

    /// <summary>x / (k + α·Σ x²)^β, the sum over the channels around each one: a convolution along them with ones.</summary>
    private NodeValue NormalizeLocally(NodeValue input, LocalResponseNorm norm)
    {
        var (channels, odd) = (input.Type.Channels, norm.Size % 2 == 1);
        if (odd && input.Type.Rank == 3)
        {
            return Plain(
                input, input.Type, "LRN", [input.Name], ("size", norm.Size), ("alpha", norm.Alpha * norm.Size), ("beta", norm.Beta), ("bias", norm.K));
        }

        var squares = Reshape(model.Node("Mul", $"{_layer.Name}.squares", [input.Name, input.Name]), [-1, 1, channels, input.Type.Length / channels]);
        var ones = model.Floats($"{_layer.Name}.ones", [1, 1, norm.Size, 1], [.. Enumerable.Repeat(1f, norm.Size)]);
        var sums = model.Node("Conv", $"{_layer.Name}.sums", [squares, ones], ("pads", Axes(norm.Size / 2, 0, (norm.Size - 1) / 2, 0)));
        var shaped = model.Node("Reshape", $"{_layer.Name}.shaped", [sums, model.Integers($"{_layer.Name}.shape", input.Type.Shape.Prepend(-1))]);
        var power = model.Node("Pow", $"{_layer.Name}.power", [
            model.Node("Add", $"{_layer.Name}.shifted", [model.Node("Mul", $"{_layer.Name}.scaled", [shaped, model.Number(norm.Alpha)]), model.Number(norm.K)]), model.Number(norm.Beta)]);
        return Plain(input, input.Type, "Div", input.Name, power);
    }

    private string Repeated(string name, float value, int count) => model.Floats($"{_layer.Name}.{name}", [count], [.. Enumerable.Repeat(value, count)]);
}
