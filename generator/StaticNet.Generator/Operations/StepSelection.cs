namespace StaticNet.Generator.Operations;

/// <summary>One step of a sequence, as the value of the whole; in a stream the step that is there.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The sequence.</param>
/// <param name="isFirst">Whether it is the first step; otherwise the last.</param>
internal sealed class StepSelection(string layer, Value input, bool isFirst) : Operation(layer, [input], input.Type, steps: 1)
{
    /// <summary>Which step of the sequence it is.</summary>
    public int Step => isFirst ? 0 : Inputs[0].Steps - 1;

    public override string Verb => isFirst ? "FirstStep" : "LastStep";

    public override bool OnlyMoves => true;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new StepSelectionGradient(this, gradient)));
    }
}
