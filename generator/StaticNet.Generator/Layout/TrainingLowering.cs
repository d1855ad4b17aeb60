using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>Writes the losses of a network and its backward pass as operations.</summary>
internal static class TrainingLowering
{
    /// <summary>The operations of a training step: forward, losses, backward.</summary>
    /// <param name="program">The network.</param>
    /// <param name="spec">What is to be seen of a step.</param>
    public static TrainingProgram Lower(NetworkProgram program, NetworkSpec spec)
    {
        var losses = LossesOf(program);
        // The outputs of layers may be seen also where a loss is computed from something else.
        var seen = spec.KeepsValues ? program.Graph.Losses.Select(loss => program.ValueOf(loss.From)) : [];
        var outputs = spec.HasCustomLoss ? program.Outputs : [];
        var forward = Backward.NeededFor(losses.SelectMany(loss => loss.Inputs).Concat(seen).Concat(outputs), program.Operations);
        var backward = new Backward(program.Operations, spec.GivesInputGradients ? program.Inputs : []) { TimeSteps = spec.TimeSteps, Steps = program.Graph.Steps };
        foreach (var loss in losses)
            backward.Accumulate(loss.Inputs[0], loss.Output);

        foreach (var operation in forward.Reverse())
        {
            if (backward.Wants(operation.Output) && backward.Gradients.TryGetValue(operation.Output, out var gradient))
                operation.Differentiate(backward, gradient);
        }

        foreach (var loss in losses.Where(loss => loss.Centers is not null))
            backward.Add(new CenterUpdate(loss));
        foreach (var moments in forward.OfType<BatchMoments>().Where(moments => moments.Inputs.Count > 0))
            backward.Add(new BatchCount(moments));

        var inputs = spec.GivesInputGradients ? program.Inputs.Where(backward.Gradients.ContainsKey).Select(input => backward.Gradients[input]) : [];
        return new TrainingProgram(forward, losses, backward.Operations, backward.Gradients) { Taken = [.. outputs, .. inputs] };
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
            if (spec.Kind == LossKind.BinaryCrossEntropy && input.Producer is Elementwise { Activation: Activation.Sigmoid } sigmoid)
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
