namespace StaticNet;

/// <summary>What <see cref="IStepTrace"/> sees of a layer.</summary>
public enum StepValue
{
    /// <summary>What the layer gives: its activation included, dropout as it dropped, batch norms by the batch's statistics.</summary>
    Output,

    /// <summary>
    /// The gradient of the batch's loss by the layer's output, the batch's scale and the sample's weight included: with the scale
    /// 1 / samples, gradients of the mean.
    /// </summary>
    OutputGradient,
}
