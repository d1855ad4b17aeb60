using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Optimizers;

/// <content>A step in parts that threads can share. Ranges of one part may run in any order and at the same time, and the bits
/// are the same however they are divided; each part begins when the one before it has ended. </content>
public abstract partial class Optimizer
{
    private UpdatePlan _plan = UpdatePlan.Of([], [], new ParameterProgress(0), apart: false);
    private UnitNorms _units = UnitNorms.Of([]);
    private GradientClipping? _clipping;
    private float[] _rates = [];
    private float[] _scales = [];
    private int _isStepping;

    /// <summary>The number of blocks that <see cref="SumBlocks"/> and <see cref="UpdateBlocks"/> go over.</summary>
    internal int BlockCount => _plan.BlockCount;

    /// <summary>The number of blocks that <see cref="LimitUnits"/> goes over.</summary>
    internal int UnitBlockCount => _units.BlockCount;

    /// <summary>Whether vectors of 512 bits are left alone: tests compare the bits with and without them.</summary>
    internal bool AvoidsWideVectors { get; set; }

    /// <summary>Whether there may be penalties besides weight decay and L1, to which <see cref="OptimizerStep.Decays"/> applies.</summary>
    internal virtual bool HasOwnPenalty => this is not IVectorUpdate;

    /// <summary>Whether gradients are clipped by a norm, so that their squares must be summed first.</summary>
    internal bool NeedsNorms => ClipNorm is not null || ClipParameterNorm is not null;

    /// <summary>Checks what <see cref="Step"/> is given.</summary>
    private void CheckStep(NetworkWeights weights, ReadOnlySpan<float> gradients)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!ReferenceEquals(RequireWeights(), weights))
            throw new ArgumentException("Expected the weights of the network that the optimizer is attached to, but got those of another one.", nameof(weights));
        if (gradients.Length != weights.Table.TrainableLength)
            throw new ArgumentException($"Expected {weights.Table.TrainableLength} gradients, but got {gradients.Length}.", nameof(gradients));
    }

    /// <summary>Takes a step. Only this method determines the order of its parts.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">The gradients.</param>
    /// <param name="sharing">Who runs the parts; null for the calling thread alone.</param>
    internal unsafe void RunStep(NetworkWeights weights, ReadOnlySpan<float> gradients, IWorkSharing? sharing)
    {
        CheckStep(weights, gradients);
        Enter();
        try
        {
            // A span cannot be handed to other threads, but what it points to may be while it is pinned.
            fixed (float* first = gradients)
            {
                _work.Begin(first, gradients.Length, sharing);
                if (NeedsNorms)
                    _work.Run(StepPart.Norms, BlockCount);
                BeginStep();
                _work.Run(StepPart.Updates, BlockCount);
                _work.Run(StepPart.Units, UnitBlockCount);
                StepCount++;
            }
        }
        finally
        {
            _work.End();
            Leave();
        }
    }

    /// <summary>Sums the squares of the gradients of some blocks.</summary>
    private void SumBlocks(int begin, int end, ReadOnlySpan<float> gradients) => _clipping?.SumBlocks(begin, end, gradients);

    /// <summary>Computes the figures of the step, once for all blocks.</summary>
    private void BeginStep()
    {
        var factor = ScheduleFactor;
        var rate = RequireRate(LearningRate * factor);
        for (var run = 0; run < _rates.Length; run++)
            _rates[run] = _plan.Runs[run].Settings.Group is null ? rate : RequireRate(_plan.Runs[run].Settings.RateOf(LearningRate) * factor);
        _clipping?.Scales(ClipParameterNorm, ClipNorm, _scales);
        Prepare();
    }

    /// <summary>Changes the parameters of some blocks.</summary>
    private void UpdateBlocks(int begin, int end, ReadOnlySpan<float> gradients)
    {
        var parameters = _weights!.Buffer;
        for (var index = 0; index < _rates.Length; index++)
        {
            ref readonly var run = ref _plan.Runs[index];
            var (offset, length) = run.Part(begin, end);
            if (length == 0)
                continue;
            Update(new OptimizerStep(parameters.Slice(offset, length), gradients.Slice(offset, length), offset)
            {
                LearningRate = _rates[index],
                GradientLimit = ClipValue ?? float.PositiveInfinity,
                GradientScale = _scales[index],
                Decays = run.Settings.Decays,
                WeightDecay = run.Settings.WeightDecay,
                L1 = run.Settings.L1,
                Number = StepCount + 1 - run.Missed,
            });
        }
    }

    /// <summary>Limits the norms of the units of some unit blocks.</summary>
    private void LimitUnits(int begin, int end) => _units.Limit(begin, end, _weights!.Buffer);

    /// <summary>Takes the optimizer for a step, until <see cref="Leave"/>.</summary>
    /// <exception cref="InvalidOperationException">It is in a step.</exception>
    private void Enter()
    {
        if (Interlocked.Exchange(ref _isStepping, 1) != 0)
            throw new InvalidOperationException("Expected one step of an optimizer at a time; another one is running.");
    }

    /// <summary>Ends what <see cref="Enter"/> has begun: whatever the outcome, parameters may have changed.</summary>
    private void Leave()
    {
        _weights!.MarkChanged();
        Volatile.Write(ref _isStepping, 0);
    }

    /// <summary>Changes a run by the longest vectors that the machine works well with. Their length does not change the bits.</summary>
    private protected static void ByVectors<TOptimizer>(TOptimizer optimizer, in OptimizerStep step)
        where TOptimizer : Optimizer, IVectorUpdate
    {
        if (VectorWidth.Is512 && !optimizer.AvoidsWideVectors)
            optimizer.UpdateVectors<WideVector>(step);
        else
            optimizer.UpdateVectors<UsualVector>(step);
    }

    /// <summary>Computes what all runs of a step share; by one thread, before the first of them is changed.</summary>
    private protected virtual void Prepare()
    {
    }

    private void MakePlan()
    {
        _plan = UpdatePlan.Of(_parameters.AsSpan(), _settings, _progress, apart: ClipParameterNorm is not null);
        _units = UnitNorms.Of(_parameters
            .Where((_, index) => !_progress.IsFrozen(index))
            .Select(parameter => (parameter, ParameterSettings.MaxNormOf(this, parameter))));
        _clipping = NeedsNorms ? new GradientClipping(_plan, ClipValue ?? float.PositiveInfinity) : null;
        _rates = new float[_plan.Runs.Length];
        _scales = new float[_plan.Runs.Length];
        Array.Fill(_scales, 1);
    }

    private float RequireRate(float rate) => rate >= 0 && float.IsFinite(rate)
        ? rate
        : throw new InvalidOperationException($"Expected a finite learning rate of 0 or more; at step {StepCount} it is {rate}.");

    private enum StepPart
    {
        Norms,
        Updates,
        Units,
    }

    /// <summary>A part of a step, for whoever shares it out.</summary>
    private sealed unsafe class StepWork(Optimizer optimizer) : IParallelWork
    {
        private float* _gradients;
        private int _length;
        private IWorkSharing? _sharing;
        private StepPart _part;

        public void Begin(float* gradients, int length, IWorkSharing? sharing)
        {
            _gradients = gradients;
            (_length, _sharing) = (length, sharing);
        }

        public void End() => Begin(null, 0, null);

        public void Run(StepPart part, int length)
        {
            _part = part;
            if (_sharing is null)
                Run(0, length);
            else
                _sharing.Run(this, length);
        }

        public void Run(int begin, int end)
        {
            var gradients = new ReadOnlySpan<float>(_gradients, _length);
            if (_part == StepPart.Norms)
                optimizer.SumBlocks(begin, end, gradients);
            else if (_part == StepPart.Updates)
                optimizer.UpdateBlocks(begin, end, gradients);
            else
                optimizer.LimitUnits(begin, end);
        }
    }
}
