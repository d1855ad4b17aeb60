using System.Runtime.CompilerServices;

namespace StaticNet.Training;

/// <summary>Keeps the trainers of one set of parameters to one call at a time.</summary>
/// <remarks>
/// A call from within a running one, on its own thread, comes from a callback: it may evaluate and predict, since training is
/// paused meanwhile, but not train.
/// </remarks>
internal sealed class CallGuard
{
    private static readonly ConditionalWeakTable<NetworkWeights, CallGuard> Guards = [];

    private readonly Lock _gate = new();
    private string _running = "";
    private int _thread;
    private int _depth;

    /// <summary>The guard of a network's parameters, whichever trainer asks.</summary>
    public static CallGuard Of(NetworkWeights weights) => Guards.GetValue(weights, static _ => new CallGuard());

    /// <summary>Begins a call.</summary>
    /// <param name="call">The method's name.</param>
    /// <param name="fromCallbacks">Whether a callback of a running call may make it.</param>
    /// <returns>What ends it when it is disposed.</returns>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public Call Enter(string call, bool fromCallbacks)
    {
        lock (_gate)
        {
            if (_depth > 0 && _thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException($"Expected one call at a time for the parameters of a network, but {call} was called while {_running} is running on another thread. Give each thread its own network and trainer.");
            if (_depth > 0 && !fromCallbacks)
                throw new InvalidOperationException($"Expected one call at a time for the parameters of a network, but {call} was called from within {_running}. A callback may evaluate and predict; train again after {_running} has returned.");
            if (_depth++ == 0)
                (_running, _thread) = (call, Environment.CurrentManagedThreadId);
            return new Call(this);
        }
    }

    private void Leave()
    {
        lock (_gate)
            _depth--;
    }

    /// <summary>A call that is running.</summary>
    internal readonly struct Call(CallGuard guard) : IDisposable
    {
        public void Dispose() => guard.Leave();
    }
}
