using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <content>Normalisation.</content>
internal sealed partial class Lowering
{
    /// <summary>Normalises by the batch's moments; a frozen norm by the running ones, which it leaves as they are.</summary>
    public LogicalValue BatchNormalize(LogicalValue input, BatchNormParameters norm, bool trainable)
    {
        var (layer, isFrozen) = (_layer, !trainable || !_trainable);
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
        {
            var value = inputs[0];
            var pixels = value.Type.Length / value.Type.Channels;
            var ofSamples = isFrozen ? null : pixels == 1 ? value : layout.Add(new SampleMoments(layer, value));
            var moments = new BatchMoments(layer, ofSamples, value.Type.Channels, pixels, norm);
            layout.Add(moments);
            return layout.Add(new BatchNormalization(layer, value, moments));
        });
    }

    /// <summary>Normalises over the last axes, together, by their own moments.</summary>
    /// <param name="input">What is normalised.</param>
    /// <param name="axes">How many axes.</param>
    /// <param name="norm">How.</param>
    public LogicalValue LayerNormalize(LogicalValue input, int axes, LayerNormRule norm)
    {
        var (layer, type) = (_layer, input.Type);
        return Add([input], type, LayoutUse.Own, (layout, inputs) =>
        {
            // A sample with its channels last is normalised as it stands, its weights as panels of channels likewise.
            var isWhole = axes == type.Rank && inputs[0].Type.IsChannelsLast;
            foreach (var parameter in isWhole ? norm.Parameters : [])
                parameter.IsPacked = true;
            if (isWhole)
                return Normalized(inputs[0], norm with { Rows = inputs[0].Type.Rows });

            // All others are rows.
            var rest = type.Rank - axes;
            var rows = TensorType.Of([.. type.Shape.Take(rest), type.Shape.Skip(rest).Aggregate(1, (product, size) => product * size)]);
            return layout.Reshape(Normalized(layout.Reshape(inputs[0], rows), norm), type);

            Value Normalized(Value value, LayerNormRule rule) =>
                layout.Add(new LayerNormalization(layer, value, layout.Add(new LayerMoments(layer, value, rule)), rule));
        });
    }

    /// <summary>Normalises each sample's groups of channels by their own moments.</summary>
    public LogicalValue GroupNormalize(LogicalValue input, GroupNormRule norm)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
            layout.Add(new GroupNormalization(layer, inputs[0], layout.Add(new GroupMoments(layer, inputs[0], norm)), norm)));
    }

    /// <summary>x / (k + α·Σ x²)^β, the sum over the channels around each one.</summary>
    public LogicalValue NormalizeLocally(LogicalValue input, int size, float alpha, float beta, float k)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsLast, (layout, inputs) =>
        {
            var sums = layout.Add(new ChannelSum(layer, inputs[0], size / 2, (size - 1) / 2, ofSquares: true));
            return layout.Add(new Elementwise(layer, LocalResponse.Function(alpha, beta, k), [inputs[0], sums], verb: "LocalResponse"));
        });
    }
}
