namespace StaticNet.Generator.Operations;

/// <summary>Moves the centres of the classes towards the batch's features, after all who read them.</summary>
internal sealed class CenterUpdate(Loss loss) : ParameterGradient(loss.Layer, loss.Centers!, [loss.Inputs[0]])
{
    public Loss Loss { get; } = loss;

    public override string Verb => "CenterUpdate";

    public override bool IsSum => false;

    // The gradient of the loss reads the centres too.
    public override bool MayBeEarly => false;
}
