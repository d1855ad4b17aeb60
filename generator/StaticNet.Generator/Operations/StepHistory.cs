using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The steps of a stream that come at a time, after the last ones before them, as one value with an axis of steps.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The sequence.</param>
/// <param name="type">[steps before and now, channels].</param>
/// <param name="past">The steps that are kept.</param>
internal sealed class StepHistory(string layer, Value input, TensorType type, StateSlot past) : Operation(layer, [input], type, steps: 1)
{
    /// <summary>The steps that are kept.</summary>
    public StateSlot Past { get; } = past;

    public override string Verb => "History";

    public override bool ReadsVectorsOf(int input) => false;

    public override IReadOnlyList<StateSlot> States => [Past];
}
