using StaticNet.Generator.Operations;

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

    private Arranged(Value input, int capacity)
    {
        Input = input;
        Capacity = capacity;
        _layouts[input] = RowLayout.Tight(input.Type);
    }

    public Value Input { get; }

    /// <summary>The most samples at a time.</summary>
    public int Capacity { get; }

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>What follows from the parameters alone.</summary>
    public IReadOnlyList<Operation> Prepared => _prepared;

    /// <summary>Prepares operations.</summary>
    /// <param name="input">The network's input, which the user's span holds.</param>
    /// <param name="operations">The operations in order.</param>
    /// <param name="drops">Whether dropout drops and noise is added; otherwise they are the identity.</param>
    /// <param name="capacity">The most samples at a time.</param>
    public static Arranged Of(Value input, IReadOnlyList<Operation> operations, bool drops, int capacity)
    {
        var arranged = new Arranged(input, capacity);
        if (!drops)
        {
            foreach (var identity in operations.OfType<TrainingOnly>())
                arranged._aliases[identity.Output] = identity.Inputs[0];
            operations = operations.Where(operation => operation is not TrainingOnly).ToArray();

            // Outside training the moments are the running ones, known before the first sample.
            foreach (var moments in operations.OfType<BatchMoments>().Where(moments => !moments.IsPrepared))
                arranged._aliases[moments.Output] = moments.Running.Output;
            operations = operations.SelectMany(operation => InferenceOf(operation, capacity)).ToArray();
        }

        if (operations.Any(operation => arranged.ReadsRowsOf(operation, input)))
        {
            var copy = new Rearrangement("input", input, input.Type);
            copy.Output.Name = "input.copy";
            arranged._operations.Add(copy);
            arranged._layouts[copy.Output] = RowLayout.Padded(input.Type);
            arranged.PaddedInput = copy.Output;
        }

        foreach (var operation in operations)
            arranged.Add(operation, operations);
        return arranged;
    }

    /// <summary>What an operation of training is at inference.</summary>
    private static Operation[] InferenceOf(Operation operation, int capacity) => operation switch
    {
        SampleMoments => [],
        BatchMoments moments => [moments.Running],
        Convolution convolution when WinogradPolicy.Takes(convolution) =>
            [convolution.WinogradWeight, new WinogradConvolution(convolution, WinogradPolicy.BlockOf(capacity * WinogradConvolution.TilesOf(convolution.Axes)))],
        _ => [operation],
    };

    /// <summary>The copy of the input with padded rows, where an operation needs one.</summary>
    private Value? PaddedInput { get; set; }

    /// <summary>The value that stands in memory for another.</summary>
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
        return PaddedInput is not null && value == Input && NeedsRows(operation, input) ? PaddedInput : value;
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
        LayoutOf(PaddedInput is not null && Operand(operation, input) == PaddedInput ? PaddedInput : input);

    /// <summary>Whether an operation reads a value as whole vectors, so that its rows must be padded.</summary>
    private static bool NeedsRows(Operation operation, Value input) => operation switch
    {
        Contraction or Convolution or TransposedConvolution or ChannelRepetition or Rearrangement or Permutation or Frame or PlaneFrame or Concatenation => false,
        WeightGradient or ConvolutionWeightGradient => operation.Inputs[1] == input,
        _ => true,
    };

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

        (operation.IsPrepared ? _prepared : _operations).Add(operation);
        _layouts[operation.Output] = RowLayout.Padded(operation.Output.Type);
        if (operation.Scratch is not null)
            _layouts[operation.Scratch] = RowLayout.Padded(operation.Scratch.Type);
    }

    /// <summary>The layout of a rearranged value that needs no copy, or null.</summary>
    private RowLayout? FreeLayout(Operation rearrangement, IReadOnlyList<Operation> all)
    {
        var (input, output) = (rearrangement.Inputs[0], rearrangement.Output);
        var source = LayoutOf(input);
        if (source.IsTight)
        {
            var readAsRows = all.Any(operation => operation.Inputs.Any(read => Resolve(read) == output && (NeedsRows(operation, read) || operation is Rearrangement)));
            return readAsRows ? null : RowLayout.Tight(output.Type);
        }

        var target = RowLayout.Padded(output.Type);
        return source.IsContiguous && target.IsContiguous && target.SampleLength == source.SampleLength ? target : null;
    }
}
