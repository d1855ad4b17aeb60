namespace StaticNet;

/// <summary>What <see cref="IStepTrace"/> receives from a layer.</summary>
public enum StepValue
{
    /// <summary>The output of the layer, including its activation, with dropped elements at 0 and batch norms by the batch's
    /// statistics.</summary>
    Output,

    /// <summary>
    /// The gradient of the batch's loss with respect to the layer's output, including the batch's scale and the sample's weight:
    /// with the scale 1 / samples, the gradient of the mean.
    /// </summary>
    OutputGradient,
}
