using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The end of windows that make fewer steps of a sequence, or more. In a stream the same operation goes along the steps that come at a time, with as many
/// before them as the windows reach.
/// </summary>
internal sealed class StridedWindows : WindowsOverSteps
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="result">The result of the windows along the steps and of the element functions after them.</param>
    /// <param name="window">The window.</param>
    /// <param name="steps">The steps of the results.</param>
    /// <param name="parts">How often a sample has the steps that come at a time.</param>
    public StridedWindows(string layer, Value result, AxisWindow window, int steps, int parts)
        : base(layer, result, steps)
    {
        var (given, made) = (Sequence.Steps / parts, steps / parts);
        var gathers = Whole is WindowSum { Gathers: true };
        var kept = gathers ? (int)((window.Span - 1) / window.Stride) : (int)window.Span - window.Stride;
        var axis = gathers
            ? new WindowedAxis(made, kept + given, window.Kernel, window.Stride, window.Dilation, kept * window.Stride, (kept * window.Stride) + (int)window.Span - window.Stride)
            : new WindowedAxis(kept + given, made, window.Kernel, window.Stride, window.Dilation, 0, 0);
        var type = TensorType.Of(Sequence.Type.Channels, kept + given).ChannelsLast;
        Past = kept == 0 ? null : new StateSlot(layer, Give("past", Sequence.Type, Sequence.Steps), kept, IsRing: false);
        var read = Past is null ? AddToStream(new SequenceView(layer, Sequence, type, 1), "axis") : AddToStream(new StepHistory(layer, Sequence, type, Past), "history");
        var value = AddFunctions(AddToStream(Whole is WindowSum sum ? new WindowSum(layer, read, sum.Weight, sum.Bias, [axis], gathers) : new Pooling(layer, read, ((Pooling)Whole).Function, [axis], countsPadding: true), "windows"));
        AddToStream(new SequenceView(layer, value, Output.Type, steps), "steps");
    }

    /// <summary>The inputs that a stream keeps.</summary>
    public StateSlot? Past { get; }

    public override IReadOnlyList<StateSlot> States => Past is null ? [] : [Past];
}
