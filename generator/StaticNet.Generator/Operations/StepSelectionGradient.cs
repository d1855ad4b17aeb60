namespace StaticNet.Generator.Operations;

/// <summary>The gradient of a sequence of which one step goes on: zero for all others.</summary>
/// <param name="forward">The selection.</param>
/// <param name="gradient">The gradient of the step.</param>
internal sealed class StepSelectionGradient(StepSelection forward, Value gradient) : Operation(forward.Layer, [gradient], gradient.Type, steps: forward.Inputs[0].Steps)
{
    /// <summary>Which step of the sequence it is.</summary>
    public int Step => forward.Step;

    public override string Verb => forward.Verb + "Gradient";
}
