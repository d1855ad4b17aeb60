using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>The two moving averages of Adam: m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)g².</summary>
internal readonly struct MomentFactors<TVector>(float oldMean, float newMean, float oldSquare, float newSquare)
    where TVector : struct, IVector<TVector>
{
    private readonly TVector _oldMean = TVector.Create(oldMean);
    private readonly TVector _newMean = TVector.Create(newMean);
    private readonly TVector _oldSquare = TVector.Create(oldSquare);
    private readonly TVector _newSquare = TVector.Create(newSquare);

    /// <summary>Renews the averages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Renew(TVector gradient, ref TVector mean, ref TVector square)
    {
        RenewMean(gradient, ref mean);
        square = VectorMath.SumOfProducts(square, _oldSquare, gradient * gradient, _newSquare);
    }

    /// <summary>Renews the average of gradients alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RenewMean(TVector gradient, ref TVector mean) =>
        mean = VectorMath.SumOfProducts(mean, _oldMean, gradient, _newMean);
}
