using StaticNet.Audio.Drafts;

namespace StaticNet.Audio.Nam;

/// <summary>A convolution over time with its weights; with one tap and one group it is a dense layer.</summary>
/// <param name="Outputs">The filters.</param>
/// <param name="Taps">The taps of each.</param>
/// <param name="Dilation">The steps from tap to tap.</param>
/// <param name="Groups">The groups of channels.</param>
/// <param name="Weight">[outputs, inputs / groups, taps]; none if the file has too few.</param>
/// <param name="Bias">[outputs]; null: no bias.</param>
internal sealed record Filter(DraftSize Outputs, int Taps, int Dilation, int Groups, float[] Weight, float[]? Bias)
{
    /// <summary>Adds the layer to a draft.</summary>
    public DraftValue Add(NetworkDraft draft, string? name, DraftValue input, Activation activation = Activation.Identity) => Taps == 1 && Groups == 1
        ? draft.Dense(name, input, Outputs, Weight, Bias, activation)
        : draft.CausalConvolution(name, input, Outputs, Taps, Dilation, Groups, Weight, Bias, activation);
}
