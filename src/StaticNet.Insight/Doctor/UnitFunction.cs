namespace StaticNet.Insight;

/// <summary>The functions whose units can be dead or saturated.</summary>
internal enum UnitFunction
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>0 where the sum is negative.</summary>
    ReLU,

    /// <summary>From 0 to 1.</summary>
    Sigmoid,

    /// <summary>From −1 to 1.</summary>
    Tanh,
}
