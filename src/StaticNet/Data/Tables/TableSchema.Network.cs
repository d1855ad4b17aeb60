using System.Collections.Immutable;

namespace StaticNet.Data;

/// <content>The relation between a schema and a network.</content>
public sealed partial class TableSchema
{
    /// <summary>The schema with the outputs of a network that trains its targets.</summary>
    /// <exception cref="ArgumentException">Schema and network do not agree.</exception>
    internal TableSchema BoundTo(NetworkDescription network)
    {
        RequireInputs(network);
        if (network.Losses.IsEmpty)
            throw new ArgumentException($"Expected the network that trains; {network.Name} has no losses, which say what its outputs mean. It takes the schema from the file that it loads.");
        var outputs = new TargetOutputs[_targets.Length];
        var target = 0;
        foreach (var loss in network.Losses.Where(loss => loss.TargetLength > 0).OrderBy(loss => loss.TargetOffset))
        {
            // A loss over several numbers takes as many targets as they are.
            for (var taken = 0; taken < loss.TargetLength; target++)
            {
                var left = loss.TargetLength - taken;
                if (target == _targets.Length)
                    throw Misfit(network, loss, $"the schema only has the targets {CellPlace.List(TargetNames)}");
                var encoder = _targets[target];
                var length = loss.TargetIsIndex ? loss.OutputLength : encoder.Length;
                if (encoder.LinkOf(loss) is not { } link || encoder.Length > left)
                    throw Misfit(network, loss, $"the target '{encoder.Name}' is {encoder.Describe()}");
                if (loss.OutputOffset < 0)
                    throw Misfit(network, loss, "what it takes is not an output of the network");
                outputs[target] = new TargetOutputs(loss.OutputOffset + taken, length, link);
                taken += encoder.Length;
            }
        }

        return target == _targets.Length
            ? new TableSchema(_inputs, _targets, IgnoredNames, _options, RowCount, outputs)
            : throw new ArgumentException($"The targets of the schema are {CellPlace.List(TargetNames)}; no loss of {network.Name} takes '{_targets[target].Name}'.");
    }

    /// <summary>Checks that a stored schema fits a network.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void CheckStored(NetworkDescription network)
    {
        RequireInputs(network);
        foreach (var (target, outputs) in _targets.Zip(_outputs))
        {
            if (outputs.Offset + (long)outputs.Length > network.OutputLength)
                throw new ArgumentException($"The schema's target '{target.Name}' is in outputs {outputs.Offset} to {outputs.Offset + (long)outputs.Length - 1}; {network.Name} has {network.OutputLength}.");
        }
    }

    /// <summary>Says what a sample's outputs predict.</summary>
    /// <param name="outputs">The outputs in the user's numbers, as returned by <c>Forward</c>.</param>
    /// <exception cref="InvalidOperationException">The schema has no targets or does not belong to a network, or an output is not finite.</exception>
    internal TablePrediction Read(ReadOnlySpan<float> outputs)
    {
        if (_targets.Length == 0)
            throw new InvalidOperationException("The schema has no targets, so that outputs mean nothing: use Encode and Forward.");
        var results = ImmutableArray.CreateBuilder<TargetPrediction>(_targets.Length);
        for (var target = 0; target < _targets.Length; target++)
        {
            var own = outputs.Slice(_outputs[target].Offset, _outputs[target].Length);
            if (own.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw new InvalidOperationException($"The outputs for the target '{_targets[target].Name}' are no finite numbers: the inputs or the weights are too large, or gaps were kept as NaN.");
            results.Add(_targets[target].Predict(own, _outputs[target].Link, ScalesTargets));
        }

        return new TablePrediction(results.MoveToImmutable());
    }

    private void RequireInputs(NetworkDescription network)
    {
        if (network.InputLength != InputLength)
            throw new ArgumentException($"The schema produces {InputLength} numbers ({string.Join(", ", _inputs.Select(input => $"{input.Name} {input.Width}"))}); {network.Name} takes {network.InputLength}.");
    }

    private static ArgumentException Misfit(NetworkDescription network, LossDescription loss, string what) => new(
        $"The loss {loss.Kind} of {network.Name} takes {(loss.TargetIsIndex ? $"the index of one of {loss.OutputLength} classes" : $"{loss.TargetLength} number{(loss.TargetLength == 1 ? "" : "s")}")}; {what}.");
}
