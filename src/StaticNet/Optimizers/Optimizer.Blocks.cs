namespace StaticNet.Optimizers;

/// <content>
/// A step in parts that threads can share. In this order: <see cref="CheckStep"/>; where <see cref="NeedsNorms"/>,
/// <see cref="SumBlocks"/> over all blocks; <see cref="BeginStep"/>; <see cref="UpdateBlocks"/> over all blocks;
/// <see cref="LimitUnits"/> over all unit blocks; <see cref="EndStep"/>. Ranges of one part may run in any order and at the same
/// time, and however they are cut, the bits are the same; each part begins when the one before it has ended.
/// </content>
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

    /// <summary>Whether gradients are clipped by a norm, so that their squares must be summed first.</summary>
    internal bool NeedsNorms => ClipNorm is not null || ClipParameterNorm is not null;

    /// <summary>Checks what <see cref="Step"/> is given.</summary>
    internal void CheckStep(NetworkWeights weights, ReadOnlySpan<float> gradients)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!ReferenceEquals(RequireWeights(), weights))
            throw new ArgumentException("Expected the weights of the network that the optimizer is attached to; those of another one came.", nameof(weights));
        if (gradients.Length != weights.Table.TrainableLength)
            throw new ArgumentException($"Expected {weights.Table.TrainableLength} gradients; {gradients.Length} came.", nameof(gradients));
    }

    /// <summary>Sums the squares of the gradients of some blocks.</summary>
    internal void SumBlocks(int begin, int end, ReadOnlySpan<float> gradients) => _clipping?.SumBlocks(begin, end, gradients);

    /// <summary>Computes the figures of the step, once for all blocks.</summary>
    internal void BeginStep()
    {
        var factor = ScheduleFactor;
        var rate = RequireRate(LearningRate * factor);
        for (var run = 0; run < _rates.Length; run++)
            _rates[run] = _plan.Runs[run].Settings.Group is null ? rate : RequireRate(_plan.Runs[run].Settings.RateOf(LearningRate) * factor);
        _clipping?.Scales(ClipParameterNorm, ClipNorm, _scales);
        Prepare();
    }

    /// <summary>Changes the parameters of some blocks.</summary>
    internal void UpdateBlocks(int begin, int end, ReadOnlySpan<float> gradients)
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
    internal void LimitUnits(int begin, int end) => _units.Limit(begin, end, _weights!.Buffer);

    /// <summary>Takes the optimizer for a step, until <see cref="Leave"/>.</summary>
    /// <exception cref="InvalidOperationException">It is in a step.</exception>
    internal void Enter()
    {
        if (Interlocked.Exchange(ref _isStepping, 1) != 0)
            throw new InvalidOperationException("Expected one step of an optimizer at a time; another one is running.");
    }

    /// <summary>Ends what <see cref="Enter"/> has begun: whatever came of it, parameters may have changed.</summary>
    internal void Leave()
    {
        _weights!.MarkChanged();
        Volatile.Write(ref _isStepping, 0);
    }

    /// <summary>Counts the step.</summary>
    internal void EndStep() => StepCount++;

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
}
