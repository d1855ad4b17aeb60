using System.Runtime.CompilerServices;

namespace StaticNet;

/// <summary>
/// One network for any number of threads: it lends instances with the same weights, each to one caller at a time. For services
/// that answer requests on many threads.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <remarks>
/// Nothing locks, and nothing allocates once there are as many instances as concurrent callers. Compared with a call on a
/// separate instance, a call costs as much more as a forward pass of the smallest networks takes; for those, <see cref="Rent"/>
/// an instance for several calls. The weights are only read: load them first, and replace the whole pool to change them.
/// </remarks>
/// <example><code>
/// var pool = new NetworkPool&lt;DigitsModel&gt;(new DigitsModel());    // once, for the whole program
/// pool.Predict(pixels, scores);                                 // on any thread
/// </code></example>
public sealed class NetworkPool<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Slots are this many references apart, so that threads do not share cache lines.</summary>
    private const int Stride = 16;

    private readonly TNetwork _network;
    private readonly Instance?[] _slots;
    private readonly int _count;

    /// <summary>Makes a pool over a network's weights.</summary>
    /// <param name="network">The network. It is not lent itself; its owner can use it.</param>
    /// <param name="capacity">How many instances the pool keeps, 1 or more; 0 (the default) for twice the number of processors.
    /// If there are more concurrent callers, the others get instances that are created for them and discarded afterwards.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public NetworkPool(TNetwork network, int capacity = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        // A separate workspace for the instances that follow: the given one may be in use.
        _network = network.ShareWeights();
        _count = capacity == 0 ? 2 * Environment.ProcessorCount : capacity;
        _slots = new Instance?[(_count + 1) * Stride];
    }

    /// <summary>The weights that all instances share.</summary>
    public NetworkWeights Weights => _network.Weights;

    /// <summary>Lends an instance, until the loan is disposed.</summary>
    /// <returns>The loan; do not use the instance after it is disposed. Disposing it again has no effect.</returns>
    /// <example><code>
    /// using var loan = pool.Rent();
    /// loan.Network.Forward(input, output);
    /// </code></example>
    public Loan Rent()
    {
        var instance = Take(out var slot);
        return new Loan(this, instance, instance.Begin(), slot);
    }

    /// <summary>Computes the output of one sample, as <see cref="INetwork{TSelf}.Forward"/> does, on any thread.</summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        using var loan = Rent();
        loan.Network.Forward(input, output);
    }

    /// <summary>Computes the outputs of many samples, as <see cref="INetwork{TSelf}.ForwardBatch(ReadOnlySpan{float}, Span{float}, int)"/> does, on any thread.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        using var loan = Rent();
        loan.Network.ForwardBatch(inputs, outputs, count);
    }

    /// <summary>Computes outputs in the user's numbers, as <see cref="NetworkExtensions.Predict"/> does, on any thread.</summary>
    /// <param name="inputs">[count × InputLength], in the user's numbers.</param>
    /// <param name="outputs">[count × OutputLength], written, in the user's numbers; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or the outputs do not fit or overlap them.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        using var loan = Rent();
        loan.Network.Predict(inputs, outputs);
    }

    /// <summary>Makes the instances for the given number of callers in advance, and runs each once, so that no request waits for
    /// that.</summary>
    /// <param name="callers">The number of callers at the same time, up to the capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or beyond the capacity.</exception>
    public void Prepare(int callers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(callers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(callers, _count);
        var instances = new (Instance Instance, int Slot)[callers];
        for (var caller = 0; caller < callers; caller++)
        {
            var instance = Take(out var slot);
            instance.Network.Prepare();
            instances[caller] = (instance, slot);
        }

        foreach (var (instance, slot) in instances)
            Return(instance, slot);
    }

    /// <summary>Takes an instance: the thread's usual one, or else any other, or else a new one.</summary>
    private Instance Take(out int slot)
    {
        var home = (int)((uint)Environment.CurrentManagedThreadId % (uint)_count);
        for (var step = 0; step < _count; step++)
        {
            slot = home + step < _count ? home + step : home + step - _count;
            ref var place = ref PlaceOf(slot);
            if (Volatile.Read(ref place) is { } instance && Interlocked.CompareExchange(ref place, null, instance) == instance)
                return instance;
        }

        slot = home;
        return new Instance(_network.ShareWeights());
    }

    /// <summary>Puts an instance back where it came from, or into any place that is free.</summary>
    private void Return(Instance instance, int home)
    {
        for (var step = 0; step < _count; step++)
        {
            ref var place = ref PlaceOf(home + step < _count ? home + step : home + step - _count);
            if (Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, instance, null) is null)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Instance? PlaceOf(int slot) => ref _slots[(slot + 1) * Stride];

    /// <summary>An instance, and the number of its loan, by which a loan knows whether it is over.</summary>
    internal sealed class Instance(TNetwork network)
    {
        private int _loan;

        public TNetwork Network { get; } = network;

        public int Begin() => unchecked(++_loan);

        public bool IsLent(int loan) => _loan == loan;

        /// <summary>Ends a loan; copies of one stay on one thread, so two of them never do it at the same time.</summary>
        /// <returns>Whether it was not over yet.</returns>
        public bool TryEnd(int loan)
        {
            if (_loan != loan)
                return false;
            _loan = unchecked(loan + 1);
            return true;
        }
    }

    /// <summary>An instance that is lent.</summary>
    public readonly ref struct Loan
    {
        private readonly NetworkPool<TNetwork>? _pool;
        private readonly Instance? _instance;
        private readonly int _loan;
        private readonly int _slot;

        internal Loan(NetworkPool<TNetwork> pool, Instance instance, int loan, int slot) => (_pool, _instance, _loan, _slot) = (pool, instance, loan, slot);

        /// <summary>The instance, which only the caller uses until the loan is disposed.</summary>
        /// <exception cref="ObjectDisposedException">The loan is disposed.</exception>
        public TNetwork Network
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                ObjectDisposedException.ThrowIf(_instance is null || !_instance.IsLent(_loan), typeof(Loan));
                return _instance.Network;
            }
        }

        /// <summary>Returns the instance to the pool; a second call has no effect.</summary>
        public void Dispose()
        {
            if (_instance is not null && _instance.TryEnd(_loan))
                _pool!.Return(_instance, _slot);
        }
    }
}
