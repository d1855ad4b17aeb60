using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The end of windows along the steps of a sequence: of whole sequences, the results that an operation along their steps has made, as steps again; in a
/// stream other operations do the same for the steps that are there.
/// </summary>
internal abstract class WindowsOverSteps : SequenceView
{
    private readonly Stack<Elementwise> _functions = new();
    private readonly List<Operation> _stream = [];

    /// <param name="layer">The layer's name.</param>
    /// <param name="result">The result of the operation along the steps and of the element functions after it.</param>
    /// <param name="steps">The steps of the results.</param>
    protected WindowsOverSteps(string layer, Value result, int steps)
        : base(layer, result, TensorType.Of(result.Type.Channels), steps)
    {
        var value = result;
        while (value.Producer is Elementwise function)
        {
            function.IsOfWholeSequences = true;
            _functions.Push(function);
            value = function.Inputs[0];
        }

        Whole = value.Producer!;
        var operation = Whole;
        while (operation is not SequenceView)
        {
            operation.IsOfWholeSequences = true;
            operation = operation.Inputs[0].Producer!;
        }

        operation.IsOfWholeSequences = true;
        Sequence = operation.Inputs[0];
    }

    /// <summary>The operation along the steps of whole sequences.</summary>
    protected Operation Whole { get; }

    /// <summary>The sequence that it goes along.</summary>
    protected Value Sequence { get; }

    public override IReadOnlyList<Operation> InStream => _stream;

    public override Value StreamOutput => _stream[_stream.Count - 1].Output;

    /// <summary>Adds an operation of streams.</summary>
    protected Value AddToStream(Operation operation, string name)
    {
        operation.Output.Name = $"{Layer}.{name}";
        _stream.Add(operation);
        return operation.Output;
    }

    /// <summary>Adds the element functions after it.</summary>
    protected Value AddFunctions(Value value)
    {
        foreach (var function in _functions)
            _stream.Add(new Elementwise(Layer, function.Function, [_stream[_stream.Count - 1].Output], function.LaneOperands, "StepActivation"));
        if (_functions.Count == 0)
            return value;
        StreamOutput.Name = Layer + ".stepResult";
        return StreamOutput;
    }
}
