using System.Collections.Immutable;
using StaticNet.Numerics;
using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Changes parameters along their gradients, in one pass that allocates nothing.</summary>
/// <remarks>
/// <para>An optimizer belongs to one network: <see cref="Attach"/> allocates its state, and each <see cref="Step"/> changes the
/// parameters. Two networks need two optimizers. The padding of parameters is zero and stays exactly +0.</para>
/// <para>To write your own, derive from this class and override <see cref="Update"/>, and <see cref="Describe"/> if it has
/// settings. The library's own optimizers are sealed.</para>
/// <para>A step clips gradients (<see cref="ClipValue"/>, then <see cref="ClipParameterNorm"/>, then <see cref="ClipNorm"/>), adds
/// the penalties, changes the parameters, and limits units (<see cref="MaxNorm"/>).</para>
/// </remarks>
public abstract partial class Optimizer : IDescribed
{
    private readonly StepWork _work;
    private readonly string[] _stateNames;
    private readonly ImmutableArray<ParameterGroup> _groups = [];
    private readonly Schedule _schedule = new ConstantSchedule();
    private readonly float _weightDecay;
    private readonly float _l1;
    private readonly float? _clipValue;
    private readonly float? _clipParameterNorm;
    private readonly float? _clipNorm;
    private readonly float? _maxNorm;
    private float _learningRate;
    private EpochClock _epochs;

    /// <summary>Makes an optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more.</param>
    /// <param name="stateNames">The name of each state that a parameter has, such as <c>momentum</c>; each starts at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    protected Optimizer(float learningRate, params string[] stateNames)
    {
        LearningRate = learningRate;
        _stateNames = stateNames;
        _work = new StepWork(this);
    }

    /// <summary>The learning rate, finite and 0 or more; it is multiplied by the schedule's factor. It may be changed between
    /// steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Figures.RequireFinite(value, nameof(LearningRate));
    }

    /// <summary>How the learning rate changes over the steps. Default: not at all.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Schedule Schedule
    {
        get => _schedule;
        init => _schedule = value ?? throw new ArgumentNullException(nameof(Schedule));
    }

    /// <summary>Whether the schedule is used; false makes its factor 1 at every step, as a search for the learning rate does.
    /// True initially.</summary>
    public bool ScheduleEnabled { get; set; } = true;

    /// <summary>Parameters with their own settings; the first matching group is used. Default: none.</summary>
    /// <exception cref="ArgumentException">A group is null.</exception>
    public ImmutableArray<ParameterGroup> Groups
    {
        get => _groups;
        init => _groups = value.IsDefault ? [] : value.Contains(null!) ? throw new ArgumentException("Expected groups; one is null.", nameof(Groups)) : value;
    }

    /// <summary>
    /// How strongly weights are pulled towards zero, finite and 0 or more. Default: 0. It is the L2 penalty ½ · weightDecay ·
    /// ‖p‖², whose gradient is added to that of the loss, unless an optimizer is documented to decay weights separately from the
    /// gradient.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = Figures.RequireFinite(value, nameof(WeightDecay));
    }

    /// <summary>
    /// The factor of the L1 penalty l1 · ‖p‖₁, finite and 0 or more. Default: 0. Its gradient l1 · sign(p), with sign(0) = 0, is
    /// added to that of the loss.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float L1
    {
        get => _l1;
        init => _l1 = Figures.RequireFinite(value, nameof(L1));
    }

    /// <summary>
    /// Whether <see cref="WeightDecay"/> and <see cref="L1"/> apply to every parameter, as in PyTorch's default, instead of to those
    /// of <see cref="ParameterKind.Weight"/> only. Default: false.
    /// </summary>
    public bool DecayAll { get; init; }

    /// <summary>
    /// The largest magnitude of an element of the gradient, above 0; larger ones are limited to it. Null (the default) means no
    /// limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? ClipValue
    {
        get => _clipValue;
        init => _clipValue = Figures.RequireLimit(value, nameof(ClipValue));
    }

    /// <summary>
    /// The largest Euclidean norm of each parameter's gradient, above 0; a larger gradient is scaled by limit / (norm + 10⁻⁶).
    /// Null (the default) means no limit.
    /// </summary>
    /// <remarks>A gradient with a number that is not finite has no norm and is not scaled.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? ClipParameterNorm
    {
        get => _clipParameterNorm;
        init => _clipParameterNorm = Figures.RequireLimit(value, nameof(ClipParameterNorm));
    }

    /// <summary>
    /// The largest Euclidean norm of all gradients together, above 0; larger gradients are scaled by
    /// limit / (norm + 10⁻⁶). Null (the default) means no limit. Pascanu et al., 2013.
    /// </summary>
    /// <remarks>
    /// Gradients with a number that is not finite have no norm and are not scaled. Those of frozen parameters do not count.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = Figures.RequireLimit(value, nameof(ClipNorm));
    }

    /// <summary>
    /// The largest Euclidean norm of a unit's incoming weights, above 0; longer ones are scaled down to it after each step. Null
    /// (the default) means no limit. It applies to parameters of <see cref="ParameterKind.Weight"/>; a unit is an output of a
    /// dense layer, a filter of a convolution, a channel of a depthwise one, an output channel of a transposed one. Srivastava et
    /// al., 2014.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? MaxNorm
    {
        get => _maxNorm;
        init => _maxNorm = Figures.RequireLimit(value, nameof(MaxNorm));
    }

    /// <summary>Whether each step needs the gradients of all samples, because it relies on their signs. False for most
    /// optimizers.</summary>
    public virtual bool NeedsFullBatch => false;

    /// <summary>The number of steps done.</summary>
    public long StepCount { get; private set; }

    /// <summary>The learning rate of the next step, without groups: <see cref="LearningRate"/> × the schedule's factor.</summary>
    public float CurrentLearningRate => LearningRate * ScheduleFactor;

    private float ScheduleFactor => !ScheduleEnabled ? 1 : Schedule is InEpochs ? Schedule.AtPosition(_epochs.PositionOf(StepCount)) : Schedule.At(StepCount);

    /// <summary>
    /// Notifies the optimizer that an epoch begins, for a schedule in epochs (<see cref="InEpochs"/>). A trainer does this; a loop
    /// of your own must. Other schedules do not need it.
    /// </summary>
    /// <param name="epoch">The number of epochs done before, 0 for the first.</param>
    /// <param name="steps">The steps of the epoch, 1 or more.</param>
    /// <param name="done">The number of them that are already done, if training continues in the middle of an epoch. Default:
    /// 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void BeginEpoch(int epoch, long steps, long done = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (done < 0 || done > steps)
            throw new ArgumentOutOfRangeException(nameof(done), done, $"Expected 0 to {steps} steps of the epoch that are done.");
        _epochs = new EpochClock(epoch, StepCount - done, steps);
    }

    /// <summary>Changes the trainable parameters along their gradients.</summary>
    /// <remarks>
    /// No network with these weights must run on another thread at the same time: its outputs would be computed from some
    /// parameters before the step and some after it, and this is not detected, except in
    /// <see cref="ParallelStep{TNetwork}.TakeStep"/>, which knows its network.
    /// </remarks>
    /// <param name="weights">The weights that the optimizer is attached to, changed.</param>
    /// <param name="gradients">The gradients of all trainable parameters, in the kernels' layout.</param>
    /// <exception cref="ArgumentException">
    /// The weights are not those that the optimizer is attached to, or the gradients have another length.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached, the schedule returned a rate that is negative
    /// or not finite, the schedule is in epochs and <see cref="BeginEpoch"/> was not called, or another step is running.
    /// </exception>
    public void Step(NetworkWeights weights, ReadOnlySpan<float> gradients) => RunStep(weights, gradients, sharing: null);

    /// <summary>
    /// Changes one run of parameters. Override it in an optimizer of your own. Several threads may call it at the same time, each
    /// with a different run: it must change nothing but the run's parameters and states.
    /// </summary>
    /// <param name="step">The run and the settings of the step.</param>
    protected abstract void Update(in OptimizerStep step);

    /// <summary>The part of a state that belongs to a run.</summary>
    /// <param name="index">The index of the state among those passed to the constructor.</param>
    /// <param name="step">The run.</param>
    /// <returns>As many floats as the run has parameters.</returns>
    protected Span<float> State(int index, in OptimizerStep step) => _state[index].Span.Slice(step.Offset, step.Parameters.Length);
}
