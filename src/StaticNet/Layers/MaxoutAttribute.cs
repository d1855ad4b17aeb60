namespace StaticNet;

/// <summary>
/// Maxout: y_u = max over p of (x·W_pᵀ + b_p)_u, over the last axis. Goodfellow et al., 2013. Parameters: <c>weight</c>
/// [pieces · units, inputs] and <c>bias</c> [pieces · units], piece by piece. The gradient goes to the first piece that is the
/// maximum.
/// </summary>
public sealed class MaxoutAttribute : ParametricLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">The number of outputs, 1 or more.</param>
    /// <param name="pieces">The number of linear pieces whose maximum each output is, 2 or more.</param>
    public MaxoutAttribute(int units, int pieces = Defaults.Pieces)
    {
        Units = units;
        Pieces = pieces;
    }

    /// <summary>The number of outputs.</summary>
    public int Units { get; }

    /// <summary>The number of linear pieces.</summary>
    public int Pieces { get; }
}
