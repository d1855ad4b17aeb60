using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The end of a causal convolution: of whole sequences, the results that a convolution along their steps has made, as steps again; in a stream it is a
/// convolution of its own, step by step.
/// </summary>
internal sealed class CausalConvolution : SequenceView
{
    private readonly List<Operation> _stream = [];

    /// <param name="layer">The layer's name.</param>
    /// <param name="result">The result of the convolution along the steps and of the element functions after it.</param>
    /// <param name="steps">The steps of the sequence.</param>
    /// <param name="unrolling">Whether the code for one step is straight-line.</param>
    public CausalConvolution(string layer, Value result, int steps, Unrolling unrolling)
        : base(layer, result, TensorType.Of(result.Type.Channels), steps)
    {
        var functions = new Stack<Elementwise>();
        var value = result;
        while (value.Producer is Elementwise function)
        {
            function.IsOfWholeSequences = true;
            functions.Push(function);
            value = function.Inputs[0];
        }

        var whole = (WindowSum)value.Producer!;
        var view = (SequenceView)whole.Inputs[0].Producer!;
        whole.IsOfWholeSequences = view.IsOfWholeSequences = true;
        var input = view.Inputs[0];
        var kept = (whole.Axes[0].Kernel - 1) * whole.Axes[0].Dilation;
        Past = kept == 0 ? null : new StateSlot(layer, Give("past", input.Type), kept, IsRing: true);
        _stream.Add(new StepConvolution(layer, input, whole, Past, unrolling));
        foreach (var function in functions)
            _stream.Add(new Elementwise(layer, function.Function, [_stream[_stream.Count - 1].Output], function.LaneOperands, "StepActivation"));
        if (functions.Count > 0)
            StreamOutput.Name = layer + ".stepResult";
    }

    /// <summary>The inputs that a stream keeps.</summary>
    public StateSlot? Past { get; }

    public override IReadOnlyList<Operation> InStream => _stream;

    public override Value StreamOutput => _stream[_stream.Count - 1].Output;

    public override IReadOnlyList<StateSlot> States => Past is null ? [] : [Past];
}
