using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace StaticNet.Numerics;

/// <summary>Detects two threads inside one instance of a network at the same time. For generated code.</summary>
/// <remarks>
/// It is a count that is odd while a thread is inside. It is read and written without locks, which would cost more than a small
/// network. Two threads that enter within a few nanoseconds are not stopped, but one of them then finds the other's count when it
/// leaves, unless both have left before either's writes reach the other. That takes a network of some tens of nanoseconds and is
/// rare, so a program that does this repeatedly is soon detected.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ThreadCheck
{
    private int _visits;

    /// <summary>Notes that a thread enters.</summary>
    /// <returns>The argument for <see cref="Leave"/>.</returns>
    /// <exception cref="InvalidOperationException">Another thread is inside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Enter()
    {
        var visit = unchecked(_visits + 1);
        if ((visit & 1) == 0)
            Throw();
        _visits = visit;
        return visit;
    }

    /// <summary>Notes that it leaves.</summary>
    /// <param name="visit">What <see cref="Enter"/> returned.</param>
    /// <exception cref="InvalidOperationException">Another thread has entered since.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(int visit)
    {
        if (_visits != visit)
            Throw();
        _visits = unchecked(visit + 1);
    }

    [DoesNotReturn]
    private static void Throw() => throw new InvalidOperationException(
        "Two threads are using one instance of a network at the same time, and values may be wrong; an instance is for one thread at a time (and not for calls from " +
        "inside its own Trace). NetworkPool<T> serves any number of threads; ShareWeights() makes an instance for another thread over the same weights.");
}
