namespace StaticNet;

/// <summary>½(y − t)² where |y − t| ≤ δ, else δ(|y − t| − ½δ), over the elements. Targets: one for each output element.</summary>
/// <remarks>Huber, 1964.</remarks>
public sealed class HuberLossAttribute : LossAttribute
{
    /// <summary>δ, above 0: where the square ends. Default: 1.</summary>
    public float Delta { get; set; } = Defaults.Delta;
}
