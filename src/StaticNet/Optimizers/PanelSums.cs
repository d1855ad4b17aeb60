using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>Sums of squares, one for each of the 16 lanes of panels. In double: no square of a float overflows or vanishes there.</summary>
/// <remarks>
/// In vectors of 512 bits on every machine: without arithmetic of that width each is two shorter ones, at the speed of those, and
/// has the same bits.
/// </remarks>
internal readonly struct PanelSums
{
    private readonly Vector512<double> _low;
    private readonly Vector512<double> _high;

    private PanelSums(Vector512<double> low, Vector512<double> high)
    {
        _low = low;
        _high = high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelSums operator +(PanelSums left, PanelSums right) => new(left._low + right._low, left._high + right._high);

    /// <summary>The sums with the squares of a row of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PanelSums With(Vector512<float> row)
    {
        var (low, high) = Vector512.Widen(row);
        return new PanelSums(Vector512.MultiplyAddEstimate(low, low, _low), Vector512.MultiplyAddEstimate(high, high, _high));
    }

    /// <summary>The sum over all lanes, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Total()
    {
        var sums = _low + _high;
        return Vector256.Sum(sums.GetLower() + sums.GetUpper());
    }

    /// <summary>The factors that bring each lane's norm down to a limit; 1 where it is kept, or where there is no norm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Factors(double limit) => Vector512.Narrow(Factors(_low, limit), Factors(_high, limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Factors(Vector512<double> sums, double limit)
    {
        var (norms, longest) = (Vector512.Sqrt(sums), Vector512.Create(limit));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(norms, longest), longest / norms, Vector512<double>.One);
    }
}
