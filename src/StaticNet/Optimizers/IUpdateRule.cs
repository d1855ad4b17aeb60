namespace StaticNet.Optimizers;

/// <summary>What an optimizer does to one vector of parameters; <see cref="UpdateLoop{TVector}"/> goes over all of them.</summary>
/// <remarks>
/// Where parameter, gradient and state are zero, so must be the results: that is the padding, which stays exactly +0. The
/// gradient of padding comes as +0. A rule subtracts (0 − 0 is +0) where it could multiply by a factor that may be negative
/// (which gives −0).
/// </remarks>
/// <typeparam name="TVector">The vectors.</typeparam>
internal interface IUpdateRule<TVector>
    where TVector : struct, IVector<TVector>
{
    /// <summary>The vectors of state that a vector of parameters has: 0 to 3.</summary>
    /// <remarks>To be inlined, so that the conditions on it in the loop are known when it is compiled.</remarks>
    static abstract int StateCount { get; }

    /// <summary>Computes the new parameters and renews the state.</summary>
    /// <param name="parameter">The parameters.</param>
    /// <param name="gradient">Their gradients, clipped and with the penalties that join them.</param>
    /// <param name="first">The first state, when there is one.</param>
    /// <param name="second">The second state, when there is one.</param>
    /// <param name="third">The third state, when there is one.</param>
    /// <returns>The new parameters.</returns>
    TVector Apply(TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third);
}
