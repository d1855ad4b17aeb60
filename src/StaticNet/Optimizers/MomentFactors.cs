using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>The two moving averages of Adam: m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)g².</summary>
internal readonly struct MomentFactors(float oldMean, float newMean, float oldSquare, float newSquare)
{
    private readonly Vector<float> _oldMean = new(oldMean);
    private readonly Vector<float> _newMean = new(newMean);
    private readonly Vector<float> _oldSquare = new(oldSquare);
    private readonly Vector<float> _newSquare = new(newSquare);

    /// <summary>Renews the averages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Renew(Vector<float> gradient, ref Vector<float> mean, ref Vector<float> square)
    {
        RenewMean(gradient, ref mean);
        square = VectorMath.SumOfProducts(square, _oldSquare, gradient * gradient, _newSquare);
    }

    /// <summary>Renews the average of gradients alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RenewMean(Vector<float> gradient, ref Vector<float> mean) =>
        mean = VectorMath.SumOfProducts(mean, _oldMean, gradient, _newMean);
}
