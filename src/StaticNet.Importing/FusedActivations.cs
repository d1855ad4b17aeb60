namespace StaticNet.Importing;

/// <summary>Writes an activation as an argument of the layer before it, where that has one and nothing else reads its output.</summary>
internal static class FusedActivations
{
    public static void Fuse(IReadOnlyList<LayerNode> layers, HashSet<LayerNode> outputs)
    {
        var readers = layers.SelectMany(layer => layer.Inputs).CountBy(input => input).ToDictionary();
        foreach (var layer in layers)
        {
            layer.Inputs = [.. layer.Inputs.Select(input => input.Replacement)];
            if (layer.Attribute is { Name: "Activation", Positional: [Activation function] } && layer.Inputs is [var before] && TakesActivation(before, function)
                && !outputs.Contains(before) && readers[before] == 1)
            {
                var fused = before.Attribute.With("Activation", function);
                before.Attribute = layer.Attribute["Alpha"] is { } alpha ? fused.With("ActivationAlpha", alpha) : fused;
                foreach (var tensor in layer.Tensors)
                    before.With(tensor.Name, tensor.Values, tensor.Shape.AsSpan());
                layer.Replacement = before;
            }
        }
    }

    private static bool TakesActivation(LayerNode layer, Activation function)
    {
        var isSoftmax = function is Activation.Softmax or Activation.LogSoftmax;
        return layer.Attribute["Activation"] is null && layer.Attribute.Name switch
        {
            "Dense" => !isSoftmax || layer.Shape.Length == 1,
            "Conv1D" or "Conv2D" or "DepthwiseConv2D" or "SeparableConv2D" or "ConvTranspose1D" or "ConvTranspose2D" or "CausalConv1D" or "BatchNorm" => !isSoftmax,
            _ => false,
        };
    }
}
