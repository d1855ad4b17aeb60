using System.Collections.Immutable;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <content>What an optimizer keeps for its network: the state, and which parameters are frozen.</content>
public abstract partial class Optimizer
{
    private AlignedBuffer[] _state = [];
    private ImmutableArray<ParameterInfo> _parameters = [];
    private ParameterSettings[] _settings = [];
    private ParameterProgress _progress = new(0);
    private NetworkWeights? _weights;

    /// <summary>The full names of the trainable parameters that are frozen now.</summary>
    public IReadOnlyList<string> FrozenParameters =>
        [.. Enumerable.Range(0, _parameters.Length).Where(_progress.IsFrozen).Select(index => _parameters[index].Name)];

    /// <summary>The states in the kernels' layout, in the order of their names.</summary>
    internal IReadOnlyList<AlignedBuffer> StateBuffers => _state;

    /// <summary>Attaches the optimizer to the parameters of a network and allocates the state. Attaching the same weights again
    /// has no effect.</summary>
    /// <param name="weights">The network's weights.</param>
    /// <exception cref="ArgumentException">A pattern of a group matches no trainable parameter; the message lists the
    /// names.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has been attached to another network, or one of its groups belongs to another optimizer.</exception>
    public void Attach(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (ReferenceEquals(_weights, weights))
            return;
        if (_weights is not null)
            throw new InvalidOperationException("The optimizer has the state of another network; each network needs its own optimizer.");

        var table = weights.Table;
        ImmutableArray<ParameterInfo> parameters = [.. table.Parameters.Where(parameter => parameter.Trainable)];
        foreach (var pattern in Groups.SelectMany(group => group.Patterns))
            NamePattern.Require(pattern, parameters, nameof(Groups));
        if (Groups.Any(group => !group.IsFree) || Groups.Length != Groups.Distinct().Count() || Groups.Any(group => !group.TryOwn(this)))
            throw new InvalidOperationException($"Expected different groups of parameters that belong only to this optimizer; one belongs to another optimizer, or is listed twice. Create a {nameof(ParameterGroup)} for each.");

        _weights = weights;
        _parameters = parameters;
        _state = Array.ConvertAll(_stateNames, _ => new AlignedBuffer(table.TrainableLength));
        _settings = [.. parameters.Select(parameter => ParameterSettings.Of(this, parameter))];
        _progress = new ParameterProgress(parameters.Length);
        for (var index = 0; index < parameters.Length; index++)
        {
            if (_settings[index].Group is { Frozen: true })
                _progress.Freeze(index, 0);
        }

        MakePlan();
    }

    /// <summary>Keeps parameters and their state unchanged until <see cref="Unfreeze"/>. Those that are frozen already stay
    /// so.</summary>
    /// <param name="pattern">
    /// A pattern of full names or of layers' names, as in <see cref="ParameterGroup"/>: <c>conv*</c>, <c>*.bias</c>, <c>dense1</c>.
    /// </param>
    /// <remarks>Gradients are still computed; to avoid that too, freeze layers at compile time (Trainable = false).</remarks>
    /// <exception cref="ArgumentException">It fits no trainable parameter; the message lists the names.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public void Freeze(string pattern)
    {
        foreach (var index in Find(pattern))
            _progress.Freeze(index, StepCount);
        MakePlan();
    }

    /// <summary>Changes parameters again, continuing from the state with which they were frozen. Those that are not frozen stay
    /// so.</summary>
    /// <param name="pattern">A pattern of full names or of layers' names.</param>
    /// <exception cref="ArgumentException">It fits no trainable parameter; the message lists the names.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public void Unfreeze(string pattern)
    {
        foreach (var index in Find(pattern))
            _progress.Unfreeze(index, StepCount);
        MakePlan();
    }

    /// <summary>
    /// Copies the state: tensors in the logical layout of the parameters, <c>dense1.weight.momentum</c>, and as metadata the
    /// number of steps, the learning rates, and which parameters are frozen. It does not contain what the constructor and the
    /// object initialiser set.
    /// </summary>
    /// <returns>A state for <see cref="LoadStateDict"/>, to continue from here.</returns>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public StateDict ToStateDict()
    {
        RequireWeights();
        var state = new StateDict();
        new OptimizerMetadata(
            StepCount,
            LearningRate,
            [.. Groups.Select(group => group.LearningRate)],
            [.. _parameters.Select((parameter, index) => new ParameterMetadata(parameter.Name, _progress.Steps(index, StepCount), _progress.IsFrozen(index)))])
            .Write(state.Metadata);
        foreach (var (parameter, name, buffer) in States())
        {
            var values = new float[parameter.Count];
            parameter.Unpack(buffer.Span, values);
            state.Add(name, parameter.Shape.AsSpan(), values);
        }

        return state;
    }

    /// <summary>Loads the state from a state dict. On an error, nothing changes.</summary>
    /// <param name="state">The result of <see cref="ToStateDict"/> of the same kind of optimizer, with the same groups, on the
    /// same network.</param>
    /// <exception cref="ArgumentException">The state does not fit; the message names what is wrong.</exception>
    /// <exception cref="InvalidOperationException">The optimizer is not attached.</exception>
    public void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireWeights();
        var states = States().ToList();
        var problems = StateDictProblems.Find(states.Select(entry => (entry.Name, entry.Parameter.Shape)), state);
        problems.ThrowIfAny(strict: true, "optimizer");
        var metadata = OptimizerMetadata.Read(state.Metadata, Groups, _parameters);

        foreach (var (parameter, name, buffer) in states)
            parameter.Pack(state[name].Values, buffer.Span);
        StepCount = metadata.Steps;
        LearningRate = metadata.LearningRate;
        for (var index = 0; index < Groups.Length; index++)
            Groups[index].LearningRate = metadata.GroupRates[index];
        for (var index = 0; index < _parameters.Length; index++)
            _progress.Restore(index, StepCount, metadata.Parameters[index].Steps, metadata.Parameters[index].IsFrozen);
        MakePlan();
    }

    private NetworkWeights RequireWeights() =>
        _weights ?? throw new InvalidOperationException("Expected an optimizer that is attached to a network; call Attach first.");

    private int[] Find(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        RequireWeights();
        return NamePattern.Require(pattern, _parameters, nameof(pattern));
    }

    private IEnumerable<(ParameterInfo Parameter, string Name, AlignedBuffer Buffer)> States() =>
        from parameter in _parameters
        from index in Enumerable.Range(0, _state.Length)
        select (parameter, $"{parameter.Name}.{_stateNames[index]}", _state[index]);
}
