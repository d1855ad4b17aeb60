using StaticNet.Generator.Vocabulary;

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

    private Backward(NetworkProgram program)
    {
        foreach (var operation in program.Operations)
        {
            if (operation.Parameters.Any(parameter => parameter.Trainable) || operation.Inputs.Any(_wanted.Contains))
                _wanted.Add(operation.Output);
        }
    }

    /// <summary>The operations of a training step: forward, losses, backward.</summary>
    /// <param name="program">The network.</param>
    /// <param name="keepsValues">Whether the outputs of layers are to be seen, also where a loss is computed from something else.</param>
    public static TrainingProgram Of(NetworkProgram program, bool keepsValues)
    {
        var losses = LossesOf(program);
        var seen = keepsValues ? program.Graph.Losses.Select(loss => program.ValueOf(loss.From)) : [];
        var forward = NeededFor(losses.SelectMany(loss => loss.Inputs).Concat(seen), program.Operations);
        var backward = new Backward(program);
        foreach (var loss in losses)
            backward.Accumulate(loss.Inputs[0], loss.Output);

        foreach (var operation in forward.Reverse())
        {
            if (backward.Wants(operation.Output) && backward._gradients.TryGetValue(operation.Output, out var gradient))
                operation.Differentiate(backward, gradient);
        }

        foreach (var loss in losses.Where(loss => loss.Centers is not null))
            backward.Add(new CenterUpdate(loss));
        foreach (var moments in forward.OfType<BatchMoments>().Where(moments => moments.Inputs.Count > 0))
            backward.Add(new BatchCount(moments));

        return new TrainingProgram(forward, losses, backward._operations, backward._gradients);
    }

    /// <summary>The operations that the values depend on, in order.</summary>
    public static IReadOnlyList<Operation> NeededFor(IEnumerable<Value> values, IReadOnlyList<Operation> operations)
    {
        var needed = new HashSet<Value>(values);
        var kept = new List<Operation>();
        foreach (var operation in operations.Reverse().Where(operation => needed.Contains(operation.Output)))
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
        if (operation is not ParameterGradient)
            operation.Output.Name = $"{operation.Layer}.{operation.Verb}";
        _operations.Add(operation);
        return operation.Output;
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

    /// <summary>
    /// The losses as operations. Cross-entropy on the probabilities of a sigmoid is computed from the logits instead, which
    /// is exact and stable, and needs no sigmoid in the training step.
    /// </summary>
    private static List<Loss> LossesOf(NetworkProgram program)
    {
        var losses = new List<Loss>();
        var offset = 0;
        foreach (var node in program.Graph.Losses)
        {
            var (spec, input) = (node.Loss, program.ValueOf(node.From));
            if (spec.Kind == LossKind.BinaryCrossEntropy && input.Producer is Elementwise { Activation: ActivationKind.Sigmoid } sigmoid)
                (spec, input) = (spec with { Kind = LossKind.BinaryCrossEntropyWithLogits }, sigmoid.Inputs[0]);
            var isOfOther = node.ClassOf >= 0;
            program.Centers.TryGetValue(losses.Count, out var centers);
            losses.Add(new Loss(spec, losses.Count + 1, input, isOfOther ? program.Graph.TargetOffsetOf(node.ClassOf) : offset, centers));
            offset += spec.TargetLength(node.Type);
        }

        foreach (var loss in losses)
            loss.TargetStride = offset;
        return losses;
    }
}
