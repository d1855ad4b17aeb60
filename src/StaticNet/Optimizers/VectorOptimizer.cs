using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>An optimizer whose step is one rule for each vector of parameters: all those of this library.</summary>
/// <remarks>The vectors are the longest ones that the machine works well with. Their length does not change the bits.</remarks>
public abstract class VectorOptimizer : Optimizer
{
    private protected VectorOptimizer(float learningRate, params string[] stateNames)
        : base(learningRate, stateNames)
    {
    }

    /// <summary>Whether vectors of 512 bits are left alone: tests compare the bits with and without them.</summary>
    internal bool AvoidsWideVectors { get; set; }

    /// <inheritdoc/>
    protected sealed override void Update(in OptimizerStep step)
    {
        if (Vector512.IsHardwareAccelerated && !AvoidsWideVectors)
            Update<WideVector>(step);
        else
            Update<UsualVector>(step);
    }

    /// <summary>Changes one run of parameters, as <see cref="Update(in OptimizerStep)"/> does.</summary>
    /// <typeparam name="TVector">The vectors to do it with.</typeparam>
    /// <param name="step">The run and the figures of the step.</param>
    private protected abstract void Update<TVector>(in OptimizerStep step)
        where TVector : struct, IVector<TVector>;
}
