using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>
/// The operations of one mode (inference, evaluation, training step) in the form that kernels are made from: what costs
/// nothing is gone, what must be copied is copied, and every value knows its rows.
/// </summary>
internal sealed class Arranged
{
    private readonly Dictionary<Value, Value> _aliases = [];
    private readonly Dictionary<Value, RowLayout> _layouts = [];
    private readonly List<Operation> _operations = [];
    private readonly List<Operation> _prepared = [];

    private readonly Dictionary<Value, Value> _paddedInputs = [];
    private readonly List<Value> _inputs = [];

    private readonly PlanMode _mode;
    private readonly int _steps;

    private Arranged(PlanMode mode, int steps, int mostSteps)
    {
        _mode = mode;
        _steps = steps;
        Capacity = checked(mode.Capacity * (mode.IsWhole ? mostSteps : 1));
    }

    /// <summary>Whether there is one sample only, and of that one step.</summary>
    public bool IsOneSample => _mode.IsOneSample(_steps);

    /// <summary>Whether the samples are steps of one stream, which follow each other.</summary>
    public bool IsStream => _mode.IsStream;

    /// <summary>Whether each channel's steps are adjacent, rather than each step's channels.</summary>
    public bool IsPlanar => _mode.IsPlanar;

    /// <summary>The steps of a value of one sample.</summary>
    public int StepsOf(Value value) => _mode.IsWhole || value.Steps == 1 ? value.Steps : (int)((long)value.Steps * _mode.TotalStride / _steps);

    /// <summary>The ring of what a stream keeps.</summary>
    public StateRing RingOf(StateSlot slot) => StateRing.Of(slot, checked(Capacity * StepsOf(slot.Value)));

    /// <summary>The steps of a sample of the network's input.</summary>
    public int InputSteps => _steps;

    /// <summary>The memory of one sample of a value, in floats.</summary>
    public int SampleLengthOf(Value value) => checked(LayoutOf(value).SampleLength * StepsOf(value));

    /// <summary>The inputs as the user's memory holds them, in the network's order.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>Which input a value is; −1: none.</summary>
    public int IndexOf(Value value) => _inputs.IndexOf(value);

    /// <summary>The most samples at a time, each step of a sequence counted.</summary>
    public int Capacity { get; }

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>What follows from the parameters alone.</summary>
    public IReadOnlyList<Operation> Prepared => _prepared;

    /// <summary>Prepares operations.</summary>
    /// <param name="inputs">The network's inputs, which the user's spans hold.</param>
    /// <param name="operations">The operations in order.</param>
    /// <param name="kept">The values that are read after the last operation.</param>
    /// <param name="mode">What differs between the modes.</param>
    public static Arranged Of(IReadOnlyList<Value> inputs, IReadOnlyList<Operation> operations, IReadOnlyList<Value> kept, PlanMode mode)
    {
        var arranged = new Arranged(mode, inputs.Max(input => input.Steps), inputs.Concat(operations.Select(operation => operation.Output)).Max(value => value.Steps));
        if (!mode.Drops)
        {
            foreach (var operation in operations.Where(operation => operation.InferenceOutput != operation.Output))
                arranged._aliases[operation.Output] = operation.InferenceOutput;
            operations = operations.SelectMany(operation => operation.AtInference).ToArray();
        }

        if (!mode.IsWhole)
        {
            foreach (var operation in operations.Where(operation => operation.StreamOutput != operation.Output))
                arranged._aliases[operation.Output] = operation.StreamOutput;
            operations = operations.SelectMany(operation => operation.InStream).ToArray();
        }

        var read = new HashSet<Value>(operations.SelectMany(operation => operation.Inputs).Concat(kept).Select(arranged.Resolve));
        foreach (var input in inputs)
            arranged.AddInput(input, operations, isCopied: (inputs.Count > 1 || mode.IsPlanar) && !arranged.IsOneSample && read.Contains(input));
        foreach (var operation in operations)
            arranged.Add(operation, operations);
        return arranged;
    }

    /// <summary>
    /// Adds an input: as it stands in the user's memory where that holds its samples one after the other, with a copy for those who need
    /// its rows padded, which rows of whole panels are; otherwise as a copy.
    /// </summary>
    private void AddInput(Value input, IReadOnlyList<Operation> operations, bool isCopied)
    {
        var source = isCopied ? new Value(input.Name, input.Type, null) { Steps = input.Steps } : input;
        _inputs.Add(source);
        var isPadded = !isCopied && input.Type.Last % Lanes.Panel == 0;
        _layouts[source] = isPadded ? RowLayout.Padded(input.Type) : RowLayout.Tight(input.Type);
        Operation copy = isCopied ? new InputCopy(source) : new Rearrangement(input.Name, input, input.Type);
        if (isCopied)
            _aliases[input] = copy.Output;
        else if (!isPadded && operations.Any(operation => ReadsRowsOf(operation, input)))
            _paddedInputs[input] = copy.Output;
        else
            return;
        copy.Output.Name = input.Name + ".copy";
        _operations.Add(copy);
        _layouts[copy.Output] = LayoutFor(input.Type);
    }

    /// <summary>The value that represents another in memory.</summary>
    public Value Resolve(Value value)
    {
        while (_aliases.TryGetValue(value, out var target))
            value = target;
        return value;
    }

    /// <summary>What an operation reads, as it stands in memory.</summary>
    public Value Operand(Operation operation, Value input)
    {
        var value = Resolve(input);
        return _paddedInputs.TryGetValue(value, out var padded) && NeedsRows(operation, input) ? padded : value;
    }

    /// <summary>The rows of a value (not of the value that it may share memory with).</summary>
    public RowLayout LayoutOf(Value value)
    {
        // What stands for a dropped dropout has the rows of the value before it, which may share memory in its turn.
        RowLayout? layout;
        while (!_layouts.TryGetValue(value, out layout))
            value = _aliases[value];
        return layout;
    }

    /// <summary>The rows of what an operation reads.</summary>
    public RowLayout LayoutOf(Operation operation, Value input) =>
        LayoutOf(Operand(operation, input) is var operand && _paddedInputs.ContainsValue(operand) ? operand : input);

    /// <summary>Whether an operation reads a value as whole vectors, so that its rows must be padded.</summary>
    private static bool NeedsRows(Operation operation, Value input) =>
        Enumerable.Range(0, operation.Inputs.Count).Any(index => operation.Inputs[index] == input && operation.ReadsVectorsOf(index));

    private bool ReadsRowsOf(Operation operation, Value value) =>
        operation.Inputs.Any(input => Resolve(input) == value && NeedsRows(operation, input));

    private void Add(Operation operation, IReadOnlyList<Operation> all)
    {
        if (operation is Rearrangement && FreeLayout(operation, all) is { } layout)
        {
            _aliases[operation.Output] = operation.Inputs[0];
            _layouts[operation.Output] = layout;
            return;
        }

        if (operation is SequenceView && ViewOf(operation, all) is { } view)
        {
            _aliases[operation.Output] = operation.Inputs[0];
            _layouts[operation.Output] = view;
            return;
        }

        // Of a stream there is the one step alone.
        if (operation is StepSelection && !_mode.IsWhole && StepsOf(operation.Inputs[0]) == 1)
        {
            _aliases[operation.Output] = operation.Inputs[0];
            _layouts[operation.Output] = LayoutOf(operation.Inputs[0]);
            return;
        }

        (operation.IsPrepared ? _prepared : _operations).Add(operation);
        foreach (var output in operation.Outputs)
            _layouts[output] = operation.IsPrepared ? RowLayout.Padded(output.Type) : LayoutFor(output.Type);
        if (operation.Scratch is not null)
            _layouts[operation.Scratch] = RowLayout.Padded(operation.Scratch.Type);
    }

    /// <summary>The layout of what operations make; planes have no padding between channels.</summary>
    private RowLayout LayoutFor(TensorType type) => _mode.IsPlanar ? RowLayout.Tight(type) : RowLayout.Padded(type);

    /// <summary>The layout of a sequence seen otherwise, which needs no copy unless tight rows are read as vectors; then null.</summary>
    private RowLayout? ViewOf(Operation view, IReadOnlyList<Operation> all)
    {
        if (!LayoutOf(view.Inputs[0]).IsTight)
            return RowLayout.Padded(view.Output.Type);
        return IsReadAsRows(view.Output, all) ? null : RowLayout.Tight(view.Output.Type);
    }

    /// <summary>Whether somebody reads a value as vectors, or gives it another shape, which may be read so.</summary>
    private bool IsReadAsRows(Value value, IReadOnlyList<Operation> all) =>
        all.Any(operation => operation.Inputs.Any(read => Resolve(read) == value && (NeedsRows(operation, read) || operation is Rearrangement or SequenceView)));

    /// <summary>The layout of a rearranged value that needs no copy, or null.</summary>
    private RowLayout? FreeLayout(Operation rearrangement, IReadOnlyList<Operation> all)
    {
        var (input, output) = (rearrangement.Inputs[0], rearrangement.Output);
        var source = LayoutOf(input);
        if (source.IsTight)
        {
            return IsReadAsRows(output, all) ? null : RowLayout.Tight(output.Type);
        }

        var target = RowLayout.Padded(output.Type);
        return source.IsContiguous && target.IsContiguous && target.SampleLength == source.SampleLength ? target : null;
    }
}
