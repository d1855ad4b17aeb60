namespace StaticNet.Data;

/// <content>Sequences of different lengths.</content>
public sealed partial class DataSet
{
    /// <summary>Makes a data set of sequences of different lengths: each is filled up with zeros to the steps of the network, as PyTorch's
    /// <c>pad_sequence</c> and Keras' <c>pad_sequences</c> do, and its length is kept, so those steps do not count.</summary>
    /// <param name="steps">The steps of the network, 1 or more.</param>
    /// <param name="inputLength">Numbers per step of an input, 1 or more.</param>
    /// <param name="targetLength">Numbers per target: of a step if <paramref name="hasTargetPerStep"/>, and otherwise of the sequence.</param>
    /// <param name="inputs">The inputs of each sequence, [its steps, inputLength] row-major, 1 to <paramref name="steps"/> steps each.</param>
    /// <param name="targets">The targets of each sequence: [its steps, targetLength] row-major if <paramref name="hasTargetPerStep"/>, and
    /// otherwise [targetLength].</param>
    /// <param name="hasTargetPerStep">Whether each step has a target; otherwise the sequence has one.</param>
    /// <returns>A data set of copies.</returns>
    /// <exception cref="ArgumentException">A number is outside its range, a sequence has too many steps or none, its numbers are not whole steps,
    /// or inputs and targets do not agree.</exception>
    /// <example><code>var train = DataSet.FromSequences(steps: 100, inputLength: 9, targetLength: 1, recordings, classes, hasTargetPerStep: false);</code></example>
    public static DataSet FromSequences(
        int steps, int inputLength, int targetLength, IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets, bool hasTargetPerStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetLength);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != inputs.Count)
            throw new ArgumentException($"Expected {inputs.Count} targets, one for each input, but got {targets.Count}.", nameof(targets));
        var (sampleLength, sampleTargets) = ((long)steps * inputLength, hasTargetPerStep ? (long)steps * targetLength : targetLength);
        if (Math.Max(sampleLength, sampleTargets) > Array.MaxLength / Math.Max(inputs.Count, 1))
            throw new ArgumentException($"Expected at most {Array.MaxLength} numbers in a data set; {inputs.Count} sequences with room for {steps} steps have more.", nameof(inputs));

        var lengths = new int[inputs.Count];
        var (allInputs, allTargets) = (new float[inputs.Count * sampleLength], new float[inputs.Count * sampleTargets]);
        for (var sample = 0; sample < lengths.Length; sample++)
        {
            var input = inputs[sample] ?? throw new ArgumentException($"Expected an input of sample {sample}, but got null.", nameof(inputs));
            var target = targets[sample] ?? throw new ArgumentException($"Expected a target of sample {sample}, but got null.", nameof(targets));
            if (input.Length % inputLength != 0 || input.Length == 0 || input.Length > sampleLength)
                throw new ArgumentException($"Expected sequences of 1 to {steps} steps of {inputLength} numbers; sample {sample} has {input.Length} numbers.", nameof(inputs));
            lengths[sample] = input.Length / inputLength;
            var wanted = hasTargetPerStep ? (long)lengths[sample] * targetLength : targetLength;
            if (target.Length != wanted)
            {
                throw new ArgumentException(
                    $"Expected targets of {targetLength} numbers{(hasTargetPerStep ? $" for each step, and so {wanted}" : " for each sequence")}; those of sample {sample} have {target.Length}.", nameof(targets));
            }

            input.CopyTo(allInputs, sample * sampleLength);
            target.CopyTo(allTargets, sample * sampleTargets);
        }

        return new DataSet((int)sampleLength, (int)sampleTargets, allInputs, allTargets).WithSequenceLengths(lengths, steps);
    }

    /// <inheritdoc/>
    public override DataSet WithSequenceLengths(ReadOnlySpan<int> sequenceLengths, int steps)
    {
        SequenceSource.Require(this, sequenceLengths, steps);
        return new(InputLength, TargetLength, _inputs, _targets, HasSampleWeights ? _weights : null, sequenceLengths.ToArray(), steps, _places);
    }
}
