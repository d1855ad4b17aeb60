using System.Numerics;

namespace StaticNet.Optimizers;

/// <summary>What an optimizer does to one vector of parameters; <see cref="UpdateLoop"/> goes over all of them.</summary>
/// <remarks>
/// Where parameter, gradient and state are zero, so must be the results: that is the padding, which stays exactly +0. The
/// gradient of padding comes as +0. A rule subtracts (0 − 0 is +0) where it could multiply by a factor that may be negative
/// (which gives −0).
/// </remarks>
internal interface IUpdateRule
{
    /// <summary>The vectors of state that a vector of parameters has: 0 to 3.</summary>
    static abstract int StateCount { get; }

    /// <summary>Computes the new parameters and renews the state.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">Their gradients, clipped and with the penalties that join them.</param>
    /// <param name="first">The first state, when there is one.</param>
    /// <param name="second">The second state, when there is one.</param>
    /// <param name="third">The third state, when there is one.</param>
    /// <returns>The new parameters.</returns>
    Vector<float> Apply(
        Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second, ref Vector<float> third);
}
