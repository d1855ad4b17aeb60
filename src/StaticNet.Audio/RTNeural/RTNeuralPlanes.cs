using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.RTNeural;

/// <summary>
/// Adds convolutions over time and features to a draft. Over time they are delays of planes that are joined as channels, over the features they
/// are ordinary convolutions.
/// </summary>
internal sealed class RTNeuralPlanes(NetworkDraft draft, AudioImportOptions options)
{
    /// <summary>The features of each plane; 0: steps have one axis, that of the channels.</summary>
    public int Features { get; private set; } = draft.Features;

    public DraftValue Convolution(Entry layer, DraftValue input)
    {
        layer.RefuseOthers("type", "activation", "shape", "name", "weights", "kernel_size_time", "kernel_size_feature", "dilation", "strides", "num_filters_in", "num_features_in", "num_filters_out", "padding");
        var (time, feature) = (One(layer, "kernel_size_time", Limits.MostLayers), One(layer, "kernel_size_feature", Limits.MostTaps));
        var (dilation, stride) = (One(layer, "dilation", Limits.MostDilation), One(layer, "strides", Limits.MostTaps));
        Require(layer, "num_filters_in", input.Channels);
        Require(layer, "num_features_in", Features);
        var isValid = layer.Text("padding") switch
        {
            "valid" => true,
            "same" => false,
            _ => Refuse(layer),
        };
        var weights = layer.Require("weights");
        if (weights.Items(2) is not [var kernelEntry, var biasEntry] || Tensor.Read(kernelEntry) is not { } kernel || Tensor.Read(biasEntry) is not { } bias)
        {
            if (weights.IsArray && !layer.Problems.Any)
                weights.Problems.Damaged(weights.Where, weights.Shown, "a kernel and a bias are expected here");
            return input;
        }

        var filters = One(layer, "num_filters_out", Limits.MostChannels);
        if (!kernel.Shape.AsSpan().SequenceEqual([time, feature, input.Channels, filters]) || !bias.Shape.AsSpan().SequenceEqual([filters]) || (isValid && feature > Features))
        {
            weights.Problems.Damaged(weights.Where, $"{kernel} and {bias}", string.Create(CultureInfo.InvariantCulture, $"[{time}, {feature}, {input.Channels}, {filters}] and [{filters}] are expected here, for {Features} features"));
            return input;
        }

        var padding = isValid ? 0 : Math.Max(Features % stride == 0 ? feature - stride : feature - (Features % stride), 0);
        Features = (Features + padding - feature) / stride + 1;
        var past = Past(input, time, dilation * options.Oversampling);
        var attribute = new AttributeDeclaration("Conv1D", filters).With("Kernel", feature, 3).With("Stride", stride, 1);
        if (padding > 0)
            attribute = padding % 2 == 0 ? attribute.With("Padding", padding / 2) : attribute.With("PaddingLeft", padding / 2).With("PaddingRight", padding - (padding / 2));
        var (output, node) = draft.Add(attribute, "conv", null, past, new DraftSize(filters));
        // [time, feature, channels, filters] becomes [filters, time · channels, feature].
        NetworkDraft.AddParameter(node, "weight", [filters, time * input.Channels, feature], kernel.Permuted(3, 0, 2, 1).Values);
        NetworkDraft.AddParameter(node, "bias", [filters], bias.Values);
        return output;
    }

    /// <summary>What came at the taps over time, the oldest first.</summary>
    private DraftValue Past(DraftValue input, int taps, int dilation)
    {
        if (taps == 1)
            return input;
        var values = new DraftValue[taps];
        for (var tap = 0; tap < taps; tap++)
        {
            var steps = (taps - 1 - tap) * dilation;
            values[tap] = steps == 0 ? input : draft.Add(new AttributeDeclaration("Delay", steps), "delay", null, input, input.Size).Output;
        }

        var joined = draft.Join("Concat", null, values);
        return joined with { Channels = taps * input.Channels, All = taps * input.Channels };
    }

    private static bool Refuse(Entry layer)
    {
        layer.Problems.Unsupported(layer.Where, "its padding", "valid and same are known", "Train with one of these");
        return true;
    }

    private static void Require(Entry layer, string name, int expected)
    {
        if (One(layer, name, Limits.MostChannels) is var number && number != expected && !layer.Problems.Any)
            layer.Problems.Damaged(layer.Where, string.Create(CultureInfo.InvariantCulture, $"{name} {number}"), string.Create(CultureInfo.InvariantCulture, $"what comes before it has {expected}"));
    }

    /// <summary>A number, or the last of a list.</summary>
    private static int One(Entry layer, string name, int most)
    {
        var entry = layer.Require(name);
        return entry.IsArray && entry.Items(2) is [.., var last] ? last.AsInt32(1, most) : entry.AsInt32(1, most);
    }
}
