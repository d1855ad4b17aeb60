using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.Nam;

/// <summary>Dilated convolutions of two taps, each with a batch norm or a bias and an activation, and a dense layer.</summary>
internal sealed class ConvNetBuilder(NamFile file, NetworkDraft draft, string prefix) : NamBuilder(file, draft, prefix)
{
    protected override DraftValue AddLayers()
    {
        Config.RefuseOthers("channels", "dilations", "batchnorm", "activation", "groups", "in_channels", "out_channels");
        var channels = Config.Int32("channels", 1, Limits.MostChannels);
        var hasNorm = Config.Boolean("batchnorm");
        var groups = Config.Int32("groups", 1, Limits.MostChannels, 1);
        var activation = NamActivation.Read(Config.Require("activation"), channels);
        var dilations = Config.Require("dilations");
        if (dilations is { IsArray: true } && dilations.Value.GetArrayLength() == 0)
            Problems.Damaged(dilations.Where, dilations.Shown, "one dilation for each layer is expected here");
        var value = Draft.Input;
        foreach (var (layer, dilation) in dilations.Items(Limits.MostLayers).Index())
            value = AddLayer(layer + 1, value, channels, dilation, groups, hasNorm, activation);
        var outputs = Config.Int32("out_channels", 1, Limits.MostChannels, 1);
        return Draft.Dense(IsInner ? Name("head") : null, value, new DraftSize(outputs), Weights.Take((long)outputs * value.Channels), Weights.Take(outputs));
    }

    private DraftValue AddLayer(int layer, DraftValue input, int channels, Entry dilation, int groups, bool hasNorm, DraftActivation activation)
    {
        var fused = !hasNorm && activation.IsPlain ? activation.Function : Activation.Identity;
        var filter = Read(input.Size, new DraftSize(channels), 2, dilation.AsInt32(1, Limits.MostDilation), groups, !hasNorm, dilation);
        var value = filter.Add(Draft, IsInner ? Name(Invariant($"conv{layer}")) : null, input, fused);
        if (hasNorm)
        {
            var (mean, variance, weight, bias, epsilon) = (Weights.Take(channels), Weights.Take(channels), Weights.Take(channels), Weights.Take(channels), Weights.TakeOne());
            if (variance.Length > 0 && (epsilon <= 0 || variance.Any(number => number + epsilon <= 0)))
                Problems.Damaged(dilation.Where, "the weights of its batch norm", "the epsilon, and a variance plus it, must be above 0");
            var attribute = new AttributeDeclaration("BatchNorm").With("Epsilon", epsilon, 1e-5f).With("Activation", activation.IsPlain ? activation.Function : Activation.Identity, Activation.Identity);
            (value, var node) = Draft.Add(attribute, "batchNorm", IsInner ? Name(Invariant($"norm{layer}")) : null, value, new DraftSize(channels));
            NetworkDraft.AddParameter(node, "weight", [channels], weight);
            NetworkDraft.AddParameter(node, "bias", [channels], bias);
            NetworkDraft.AddParameter(node, "running_mean", [channels], mean);
            NetworkDraft.AddParameter(node, "running_var", [channels], variance);
            NetworkDraft.AddParameter(node, "num_batches_tracked", [1], [1]);
        }

        return activation.IsPlain ? value : Draft.Apply(IsInner ? Name(Invariant($"act{layer}")) : null, value, activation);
    }
}
