using StaticNet.Numerics;

namespace StaticNet;

/// <summary>Evaluates batches on several threads, each with an instance of the network over the same parameters.</summary>
/// <remarks>
/// A batch is divided into parts of the same size whatever the number of threads, and their losses are added in order, so the
/// bits do not depend on that number. After construction, nothing allocates.
/// </remarks>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed unsafe class ParallelEvaluation<TNetwork> : IParallelWork
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>The samples of a part: enough to keep a network's loops long.</summary>
    private const int PartLength = 32;

    private readonly WorkerPool _pool;
    private readonly TNetwork[] _networks;
    private readonly int[] _isTaken;
    private readonly float[] _losses;
    private float* _inputs;
    private float* _targets;
    private float* _outputs;
    private float* _sampleWeights;
    private int* _sequenceLengths;
    private int _count;
    private int _isBusy;

    /// <summary>Makes an instance of the network for each thread that a full batch has work for.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pool">The threads; for one caller at a time.</param>
    public ParallelEvaluation(TNetwork network, WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        _losses = new float[(TNetwork.BatchSize + PartLength - 1) / PartLength];
        _networks = [network, .. Enumerable.Range(1, Math.Min(pool.Threads, _losses.Length) - 1).Select(_ => network.ShareWeights())];
        _isTaken = new int[_networks.Length];
    }

    /// <summary>Computes loss and outputs of a batch as at inference, without dropout and without gradients.</summary>
    /// <param name="batch">1 sample up to the network's batch size; its scale is ignored.</param>
    /// <param name="outputs">[count × OutputLength], written.</param>
    /// <returns>The sum of the samples' losses; sample weights count as factors.</returns>
    /// <exception cref="ArgumentException">The batch's spans, count or targets, or the outputs, do not fit the network, or the outputs overlap the batch.</exception>
    /// <exception cref="InvalidOperationException">The pool or this evaluation is already in use.</exception>
    public double Evaluate(in Batch batch, Span<float> outputs)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            throw new InvalidOperationException($"Expected one call at a time of an evaluation of {typeof(TNetwork).Name}; another one is running. It shares a batch among its own threads: call it from one.");
        try
        {
            return Share(batch, outputs);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private double Share(in Batch batch, Span<float> outputs)
    {
        TNetwork.CheckBatch(batch);
        NetworkGuard.CheckScaled(batch, _networks[0].Weights, TNetwork.Description);
        NetworkGuard.CheckSamples(TNetwork.InputLength, batch.Inputs.Length, TNetwork.OutputLength, outputs.Length, batch.Count);
        NetworkGuard.CheckApart(batch, outputs);
        _count = batch.Count;
        var parts = (_count + PartLength - 1) / PartLength;
        fixed (float* inputs = batch.Inputs, targets = batch.Targets, sampleWeights = batch.SampleWeights, results = outputs)
        fixed (int* sequenceLengths = batch.SequenceLengths)
        {
            _inputs = inputs;
            _targets = targets;
            _outputs = results;
            _sampleWeights = sampleWeights;
            _sequenceLengths = sequenceLengths;
            _pool.Run(this, parts);
        }

        var sum = 0.0;
        foreach (var loss in _losses.AsSpan(0, parts))
            sum += loss;
        return sum;
    }

    void IParallelWork.Run(int begin, int end)
    {
        var instance = Take();
        try
        {
            for (var part = begin; part < end; part++)
            {
                var first = part * PartLength;
                var count = Math.Min(PartLength, _count - first);
                var batch = new Batch(Slice(_inputs, first, count, TNetwork.InputLength), Slice(_targets, first, count, TNetwork.TargetLength), count)
                {
                    SampleWeights = _sampleWeights is null ? default : Slice(_sampleWeights, first, count, 1),
                    SequenceLengths = _sequenceLengths is null ? default : new ReadOnlySpan<int>(_sequenceLengths + first, count),
                    Scale = 1,
                    IsScaled = true,
                };
                _losses[part] = _networks[instance].EvaluateBatch(batch, new Span<float>(_outputs + ((long)first * TNetwork.OutputLength), count * TNetwork.OutputLength));
            }
        }
        finally
        {
            Volatile.Write(ref _isTaken[instance], 0);
        }
    }

    private static ReadOnlySpan<float> Slice(float* start, int first, int count, int length) => new(start + ((long)first * length), count * length);

    /// <summary>Takes an instance that no other thread uses; there are as many as threads can be at work.</summary>
    private int Take()
    {
        for (var instance = 0; ; instance = (instance + 1) % _networks.Length)
        {
            if (Interlocked.Exchange(ref _isTaken[instance], 1) == 0)
                return instance;
        }
    }
}
