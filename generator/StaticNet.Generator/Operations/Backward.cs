namespace StaticNet.Generator.Operations;

/// <summary>
/// Writes the backward pass: from the losses back, each operation's gradient rule, but only what leads to a trainable
/// parameter.
/// </summary>
internal sealed class Backward
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<Value, Value> _gradients = [];
    private readonly HashSet<Value> _wanted = [];
    private readonly Dictionary<Parameter, TransposedWeight> _transposed = [];

    /// <param name="forward">The forward operations in order.</param>
    /// <param name="inputs">The network's inputs whose gradients are wanted too.</param>
    public Backward(IEnumerable<Operation> forward, IEnumerable<Value> inputs)
    {
        _wanted.UnionWith(inputs);
        foreach (var operation in forward)
        {
            if (operation.Parameters.Any(parameter => parameter.Trainable) || operation.Inputs.Any(_wanted.Contains))
                _wanted.UnionWith(operation.Outputs);
        }
    }

    /// <summary>The steps after which gradients through time are truncated; 0: never.</summary>
    public int TimeSteps { get; init; }

    /// <summary>The steps of a sample.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>What has been added, in order.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The gradients of values, by value.</summary>
    public IReadOnlyDictionary<Value, Value> Gradients => _gradients;

    /// <summary>The operations that the values depend on, in order.</summary>
    public static IReadOnlyList<Operation> NeededFor(IEnumerable<Value> values, IReadOnlyList<Operation> operations)
    {
        var needed = new HashSet<Value>(values);
        var kept = new List<Operation>();
        foreach (var operation in operations.Reverse().Where(operation => operation.Outputs.Any(needed.Contains)))
        {
            kept.Add(operation);
            needed.UnionWith(operation.Inputs);
        }

        kept.Reverse();
        return kept;
    }

    public bool Wants(Value value) => _wanted.Contains(value);

    public Value Add(Operation operation)
    {
        if (operation is not ParameterGradient && !operation.IsPrepared)
            operation.Output.Name = $"{operation.Layer}.{operation.Verb}";
        _operations.Add(operation);
        return operation.Output;
    }

    /// <summary>A weight with inputs and outputs exchanged, which a step makes once.</summary>
    public TransposedWeight Transpose(Parameter weight)
    {
        if (!_transposed.TryGetValue(weight, out var transposed))
            Add(transposed = _transposed[weight] = new TransposedWeight(weight));
        return transposed;
    }

    /// <summary>Adds to the gradient of a value; several uses of a value add up.</summary>
    public void Accumulate(Value value, Value gradient)
    {
        if (_gradients.TryGetValue(value, out var others))
            gradient = Add(new Elementwise(value.Producer?.Layer ?? value.Name, ElementFunctions.Add, [others, gradient], verb: "GradientSum"));
        else if (gradient.Producer is not Loss)
            gradient.Name = value.Name + ".gradient";
        _gradients[value] = gradient;
    }
}
