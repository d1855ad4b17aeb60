using System.Globalization;
using StaticNet.Numerics;
using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Changes parameters along their gradients, in one pass that allocates nothing.</summary>
/// <remarks>
/// An optimizer belongs to one network: <see cref="Attach"/> allocates its state, and each <see cref="Step"/> renews the
/// parameters. Two networks of one class need two optimizers, although they have the same parameter table. The padding of parameters is zero and stays exactly +0.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>The key in a state dict's metadata that holds the number of steps done.</summary>
    private const string StepKey = "optimizer.step";

    private readonly string[] _stateNames;
    private readonly float _weightDecay;
    private readonly float? _clipNorm;
    private float _learningRate;
    private AlignedBuffer[] _state = [];
    private Run[] _runs = [];
    private ParameterTable? _table;

    /// <summary>Makes an optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more.</param>
    /// <param name="stateNames">The name of each state that a parameter has, such as <c>momentum</c>; each starts at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    protected Optimizer(float learningRate, params string[] stateNames)
    {
        LearningRate = learningRate;
        _stateNames = stateNames;
    }

    /// <summary>The learning rate, finite and 0 or more; the schedule's factor comes to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = RequireFinite(value, nameof(LearningRate));
    }

    /// <summary>How the learning rate changes over the steps. Default: not at all.</summary>
    public Schedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>How strongly weights are drawn to zero, finite and 0 or more. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = RequireFinite(value, nameof(WeightDecay));
    }

    /// <summary>
    /// Whether weight decay applies to every parameter, as in PyTorch's default, instead of to those of
    /// <see cref="ParameterKind.Weight"/> only. Default: false.
    /// </summary>
    public bool DecayAll { get; init; }

    /// <summary>
    /// The largest Euclidean norm of all gradients together, above 0; larger gradients are scaled by
    /// norm limit / (norm + 10⁻⁶). Null, the default, clips nothing. Pascanu et al., 2013.
    /// </summary>
    /// <remarks>Gradients with a number that is not finite have no norm and are taken as they are.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, negative or not finite.</exception>
    public float? ClipNorm
    {
        get => _clipNorm;
        init
        {
            if (value is { } limit && !(limit > 0 && float.IsFinite(limit)))
                throw new ArgumentOutOfRangeException(nameof(ClipNorm), limit, "Expected a finite norm above 0, or null.");
            _clipNorm = value;
        }
    }

    /// <summary>The number of steps done.</summary>
    public long StepCount { get; private set; }

    /// <summary>The learning rate of the next step: <see cref="LearningRate"/> × the schedule's factor.</summary>
    public float CurrentLearningRate => LearningRate * Schedule.At(StepCount);

    /// <summary>Takes over the parameters of a network and allocates the state. Once: the same table again changes nothing.</summary>
    /// <param name="table">The network's parameters.</param>
    /// <exception cref="InvalidOperationException">The optimizer has been attached to another network.</exception>
    public void Attach(ParameterTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (ReferenceEquals(_table, table))
            return;
        if (_table is not null)
            throw new InvalidOperationException("The optimizer holds the state of another network; each network needs an optimizer of its own.");
        _table = table;
        _state = Array.ConvertAll(_stateNames, _ => new AlignedBuffer(table.TrainableLength));
        _runs = Run.Of(table, decayAll: DecayAll);
    }

    /// <summary>Changes the parameters along their gradients.</summary>
    /// <param name="parameters">All trainable parameters of the network, in the kernels' layout, changed.</param>
    /// <param name="gradients">Their gradients, in the same layout.</param>
    /// <exception cref="ArgumentException">A span has another length than the network's trainable parameters.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached, or the schedule gave no finite rate of 0 or more.</exception>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        var table = RequireTable();
        if (parameters.Length != table.TrainableLength || gradients.Length != table.TrainableLength)
            throw new ArgumentException($"Expected {table.TrainableLength} parameters and gradients; {parameters.Length} and {gradients.Length} came.");
        var learningRate = CurrentLearningRate;
        if (!(learningRate >= 0 && float.IsFinite(learningRate)))
            throw new InvalidOperationException($"Expected a finite learning rate of 0 or more; at step {StepCount} it is {learningRate}.");

        var scale = ClipScale(gradients);
        foreach (var run in _runs)
        {
            Update(new OptimizerStep(parameters.Slice(run.Offset, run.Length), gradients.Slice(run.Offset, run.Length), run.Offset)
            {
                LearningRate = learningRate,
                GradientScale = scale,
                WeightDecay = run.Decays ? WeightDecay : 0,
                Number = StepCount + 1,
            });
        }

        StepCount++;
    }

    /// <summary>Copies the state, in the logical layout of the parameters: <c>dense1.weight.momentum</c>; and, as metadata, the number of steps.</summary>
    /// <returns>What <see cref="LoadStateDict"/> takes, to go on from here.</returns>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public StateDict ToStateDict()
    {
        var state = new StateDict();
        state.Metadata[StepKey] = StepCount.ToString(CultureInfo.InvariantCulture);
        foreach (var (parameter, name, buffer) in States(RequireTable()))
        {
            var values = new float[parameter.Count];
            parameter.Unpack(buffer.Span, values);
            state.Add(name, parameter.Shape.AsSpan(), values);
        }

        return state;
    }

    /// <summary>Takes the state from a state dict. On an error nothing changes.</summary>
    /// <param name="state">What <see cref="ToStateDict"/> of the same kind of optimizer on the same network gave.</param>
    /// <exception cref="ArgumentException">The state does not fit; the message names the tensors.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var states = States(RequireTable()).ToList();
        var problems = StateDictProblems.Find(states.Select(entry => (entry.Name, entry.Parameter.Shape)), state);
        problems.ThrowIfAny(strict: true, "optimizer");
        if (!state.Metadata.TryGetValue(StepKey, out var text)
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            throw new ArgumentException($"Expected the number of steps in the metadata under '{StepKey}'; {(text is null ? "nothing" : $"'{text}'")} is there.", nameof(state));
        }

        foreach (var (parameter, name, buffer) in states)
            parameter.Pack(state[name].Values, buffer.Span);
        StepCount = steps;
    }

    /// <summary>Changes one run of parameters.</summary>
    /// <param name="step">The run and the figures of the step.</param>
    protected abstract void Update(in OptimizerStep step);

    /// <summary>What speaks against training in this way, for the user to read before it begins; null, the default, for nothing.</summary>
    /// <param name="stepSize">The samples of one step.</param>
    /// <param name="dataCount">The samples of an epoch.</param>
    /// <returns>A sentence, or null.</returns>
    public virtual string? WarningFor(int stepSize, int dataCount) => null;

    /// <summary>The part of a state that belongs to a run.</summary>
    /// <param name="index">Which of the states that the constructor was given.</param>
    /// <param name="step">The run.</param>
    /// <returns>As many floats as the run has parameters.</returns>
    protected Span<float> State(int index, in OptimizerStep step) => _state[index].Span.Slice(step.Offset, step.Parameters.Length);

    /// <summary>Checks a figure.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="name">Its name, for the message.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    protected static float RequireFinite(float value, string name) => value >= 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of 0 or more.");

    /// <summary>Checks a figure that must stay below 1, as the factor of a moving average.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="name">Its name, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to below 1.</exception>
    protected static void CheckFraction(double value, string name)
    {
        if (value is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to below 1.");
    }

    private ParameterTable RequireTable() =>
        _table ?? throw new InvalidOperationException("Expected an optimizer that is attached to a network; call Attach first.");

    private float ClipScale(ReadOnlySpan<float> gradients)
    {
        if (ClipNorm is not { } limit)
            return 1;
        var norm = UpdateLoop.Norm(gradients);
        // PyTorch's formula; the small term keeps the factor finite.
        return double.IsFinite(norm) ? (float)Math.Min(1, limit / (norm + 1e-6)) : 1;
    }

    private IEnumerable<(ParameterInfo Parameter, string Name, AlignedBuffer Buffer)> States(ParameterTable table) =>
        from parameter in table.Parameters
        where parameter.Trainable
        from index in Enumerable.Range(0, _state.Length)
        select (parameter, $"{parameter.Name}.{_stateNames[index]}", _state[index]);

    /// <summary>Neighbouring parameters with the same decay, which one loop goes over.</summary>
    private readonly record struct Run(int Offset, int Length, bool Decays)
    {
        public static Run[] Of(ParameterTable table, bool decayAll)
        {
            var runs = new List<Run>();
            foreach (var parameter in table.Parameters.Where(parameter => parameter.Trainable))
            {
                var decays = decayAll || parameter.Kind == ParameterKind.Weight;
                if (runs.Count > 0 && runs[^1].Decays == decays)
                    runs[^1] = runs[^1] with { Length = runs[^1].Length + parameter.PackedLength };
                else
                    runs.Add(new Run(parameter.Offset, parameter.PackedLength, decays));
            }

            return [.. runs];
        }
    }
}
