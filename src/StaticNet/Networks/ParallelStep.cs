using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet;

/// <summary>Training steps of one network on several threads, which share the range of each phase.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <remarks>
/// The results are those of one thread, to the last bit: every gradient, or every part of a batch that is divided whatever
/// the number of threads, is summed by one thread, over the samples in order.
/// Nothing is copied and nothing allocates.
/// </remarks>
/// <example><code>
/// using var pool = new WorkerPool(threads: 4);
/// var step = new ParallelStep&lt;LeNet5&gt;(network, pool);
/// var loss = step.TrainBatch(batch);
/// step.TakeStep(optimizer);
/// </code></example>
public sealed unsafe class ParallelStep<TNetwork> : IParallelWork
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly WorkerPool _pool;
    private int _phase;
    private BatchPointers _batch;
    private int _isBusy;

    /// <summary>Prepares steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pool">The threads; for one caller at a time.</param>
    public ParallelStep(TNetwork network, WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pool);
        Network = network;
        _pool = pool;
    }

    /// <summary>The network.</summary>
    public TNetwork Network { get; }

    /// <summary>Computes loss and gradients of a batch, as <see cref="ITrainableNetwork{TSelf}.TrainBatch"/> does.</summary>
    /// <param name="batch">1 sample up to the network's batch size.</param>
    /// <returns>The loss: the batch's scale × the sum over its samples.</returns>
    /// <exception cref="ArgumentException">The batch's spans or count do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The pool, this step or the network is already in use.</exception>
    public float TrainBatch(in Batch batch)
    {
        Enter();
        try
        {
            return Train(batch);
        }
        finally
        {
            Leave();
        }
    }

    private float Train(in Batch batch)
    {
        if (_pool.Threads == 1)
            return Network.TrainBatch(batch);

        TNetwork.CheckBatch(batch);
        NetworkGuard.CheckScaled(batch, Network.Weights, TNetwork.Description);
        var visit = Network.EnterStep();
        try
        {
            RunPhases(batch);
        }
        finally
        {
            Network.LeaveStep(visit);
        }

        return Network.BatchLoss(batch);
    }

    private void RunPhases(in Batch batch)
    {
        // Spans cannot be handed to other threads, but what they point to may be while it is pinned.
        fixed (float* inputs = batch.Inputs, targets = batch.Targets, sampleWeights = batch.SampleWeights)
        fixed (int* sequenceLengths = batch.SequenceLengths)
        {
            _batch = new BatchPointers(inputs, targets, sampleWeights, sequenceLengths, batch);
            for (_phase = 0; _phase < TNetwork.PhaseCount; _phase++)
                _pool.Run(this, Network.PhaseLength(_phase, batch.Count));
            _batch = default;
        }
    }

    /// <summary>Changes the network's parameters along its gradients, as <see cref="Optimizer.Step"/> does.</summary>
    /// <param name="optimizer">The optimizer, attached to the network.</param>
    /// <exception cref="ArgumentException">The optimizer is attached to another network.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached, the schedule returned a rate that is negative
    /// or not finite, or pool, optimizer, network or this step are already in use.
    /// </exception>
    public void TakeStep(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Enter();
        try
        {
            // Whoever reads the parameters meanwhile would have some from before and some from after.
            var visit = Network.EnterStep();
            try
            {
                optimizer.RunStep(Network.Weights, Network.Gradients, _pool);
            }
            finally
            {
                Network.LeaveStep(visit);
            }
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            throw new InvalidOperationException($"Expected one call at a time of a step of {typeof(TNetwork).Name}; another one is running. It shares a batch among its own threads: call it from one.");
    }

    private void Leave() => Volatile.Write(ref _isBusy, 0);

    void IParallelWork.Run(int begin, int end) => Network.RunPhase(_phase, begin, end, _batch.ToBatch());

    private readonly struct BatchPointers(float* inputs, float* targets, float* sampleWeights, int* sequenceLengths, in Batch batch)
    {
        private readonly float* _inputs = inputs;
        private readonly float* _targets = targets;
        private readonly float* _sampleWeights = sampleWeights;
        private readonly int* _sequenceLengths = sequenceLengths;
        private readonly int _inputsLength = batch.Inputs.Length;
        private readonly int _targetsLength = batch.Targets.Length;
        private readonly int _sampleWeightsLength = batch.SampleWeights.Length;
        private readonly int _sequenceLengthsLength = batch.SequenceLengths.Length;
        private readonly int _count = batch.Count;
        private readonly float _scale = batch.Scale;
        private readonly ulong _firstSample = batch.FirstSample;
        private readonly bool _accumulate = batch.Accumulate;
        private readonly bool _isScaled = batch.IsScaled;

        public Batch ToBatch() => new(new ReadOnlySpan<float>(_inputs, _inputsLength), new ReadOnlySpan<float>(_targets, _targetsLength), _count)
        {
            SampleWeights = new ReadOnlySpan<float>(_sampleWeights, _sampleWeightsLength),
            SequenceLengths = new ReadOnlySpan<int>(_sequenceLengths, _sequenceLengthsLength),
            Scale = _scale,
            FirstSample = _firstSample,
            Accumulate = _accumulate,
            IsScaled = _isScaled,
        };
    }
}
