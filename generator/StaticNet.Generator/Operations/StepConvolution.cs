using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>One step of a causal convolution in a stream: the sums over this step's input and those of some steps before, which are kept.</summary>
internal sealed class StepConvolution : Operation
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">This step's input.</param>
    /// <param name="whole">The same convolution over whole sequences.</param>
    /// <param name="past">The inputs that are kept.</param>
    /// <param name="unrolling">Whether its code is straight-line.</param>
    public StepConvolution(string layer, Value input, WindowSum whole, StateSlot? past, Unrolling unrolling)
        : base(layer, [input], TensorType.Of(whole.Weight.Outputs))
    {
        (Whole, Past, Unrolling) = (whole, past, unrolling);
        Output.Name = layer + ".step";
    }

    /// <summary>The same convolution over whole sequences.</summary>
    public WindowSum Whole { get; }

    /// <summary>The inputs that are kept.</summary>
    public StateSlot? Past { get; }

    /// <summary>Whether its code is straight-line.</summary>
    public Unrolling Unrolling { get; }

    /// <summary>The taps of the kernel.</summary>
    public int Taps => Whole.Axes[0].Kernel;

    /// <summary>The steps from tap to tap.</summary>
    public int Dilation => Whole.Axes[0].Dilation;

    public override string Verb => "Step";

    public override IEnumerable<Parameter> Parameters => Whole.Parameters;

    public override TailUse Tail => TailUse.Rows;

    public override bool ReadsVectorsOf(int input) => Past is not null;

    public override IReadOnlyList<StateSlot> States => Past is null ? [] : [Past];
}
