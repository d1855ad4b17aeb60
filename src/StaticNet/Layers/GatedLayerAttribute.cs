namespace StaticNet;

/// <summary>The base of recurrent layers with gates.</summary>
public abstract class GatedLayerAttribute : RecurrentLayerAttribute
{
    private protected GatedLayerAttribute(int units, bool recurrentBias)
        : base(units, recurrentBias)
    {
    }

    /// <summary>The activation of the gates, of the same kinds as <see cref="RecurrentLayerAttribute.Activation"/>. Default: sigmoid.</summary>
    public Activation RecurrentActivation { get; set; } = Defaults.GateActivation;
}
