using StaticNet.Audio.Drafts;

namespace StaticNet.Audio.Nam;

/// <summary>An impulse response: each channel by itself.</summary>
internal sealed class LinearBuilder(NamFile file, NetworkDraft draft, string prefix) : NamBuilder(file, draft, prefix)
{
    /// <summary>The most taps of all channels together.</summary>
    private const int MostNumbers = 1 << 20;

    protected override DraftValue AddLayers()
    {
        // How an engine computes it makes no difference to what it is.
        Config.RefuseOthers("receptive_field", "bias", "in_channels", "out_channels", "implementation");
        var taps = Config.Int32("receptive_field", 1, Limits.MostTaps);
        var hasBias = Config.Boolean("bias");
        var channels = Draft.Input.Channels;
        if (Config.Int32("out_channels", 1, Limits.MostChannels, 1) is var outputs && outputs != channels)
            Problems.Unsupported(Config.Where, Invariant($"{channels} channels in and {outputs} out"), "an impulse response has as many out as in", "Use one with as many outputs as inputs");
        if ((long)taps * channels > MostNumbers)
            Problems.Unsupported(Config.Where, Invariant($"{taps} taps for each of {channels} channels"), Invariant($"at most {MostNumbers} numbers are known to be of use"), "Run one network per channel");
        // The file begins with the newest sample, and all channels share one response.
        var response = Weights.Take(taps);
        Array.Reverse(response);
        var bias = hasBias ? Weights.Take(1) : null;
        return taps == 1 && channels == 1
            ? Draft.Dense(IsInner ? Name("response") : null, Draft.Input, new DraftSize(1), response, bias)
            : Draft.CausalConvolution(IsInner ? Name("response") : null, Draft.Input, new DraftSize(channels), taps, Oversampling, channels, Repeated(response), bias is null ? null : Repeated(bias));

        float[] Repeated(float[] values) => (long)values.Length * channels > MostNumbers ? [] : [.. Enumerable.Range(0, channels).SelectMany(_ => values)];
    }
}
