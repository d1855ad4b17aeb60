using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The end of a causal convolution of as many steps as its input has; in a stream it is a convolution of its own, step by step.</summary>
internal sealed class CausalConvolution : WindowsOverSteps
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="result">The result of the convolution along the steps and of the element functions after it.</param>
    /// <param name="steps">The steps of the sequence.</param>
    /// <param name="unrolling">Whether the code for one step is straight-line.</param>
    public CausalConvolution(string layer, Value result, int steps, Unrolling unrolling)
        : base(layer, result, steps)
    {
        var whole = (WindowSum)Whole;
        var kept = (whole.Axes[0].Kernel - 1) * whole.Axes[0].Dilation;
        Past = kept == 0 ? null : new StateSlot(layer, Give("past", Sequence.Type), kept, IsRing: true);
        AddFunctions(AddToStream(new StepConvolution(layer, Sequence, whole, Past, unrolling), "step"));
    }

    /// <summary>The inputs that a stream keeps.</summary>
    public StateSlot? Past { get; }

    public override IReadOnlyList<StateSlot> States => Past is null ? [] : [Past];
}
