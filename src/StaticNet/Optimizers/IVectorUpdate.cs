namespace StaticNet.Optimizers;

/// <summary>An optimizer whose step is one rule for each vector of parameters: all those of this library.</summary>
internal interface IVectorUpdate
{
    /// <summary>Changes one run of parameters, as <see cref="Optimizer.Update"/> does.</summary>
    /// <typeparam name="TVector">The vectors to do it with.</typeparam>
    /// <param name="step">The run and its settings.</param>
    void UpdateVectors<TVector>(in OptimizerStep step)
        where TVector : struct, IVector<TVector>;
}
