using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StaticNet.Data;

namespace StaticNet.Numerics;

/// <summary>What generated networks check of their callers' spans. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkGuard
{
    /// <summary>Refuses a sample of another length.</summary>
    /// <param name="inputLength">The input's length.</param>
    /// <param name="input">The value passed.</param>
    /// <param name="outputLength">The output's length.</param>
    /// <param name="output">The value passed.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowSample(int inputLength, int input, int outputLength, int output) => throw (input != inputLength
        ? new ArgumentException($"The input has {input} floats; the network takes {inputLength}.", nameof(input))
        : new ArgumentException($"The output has {output} floats; that of the network has {outputLength}.", nameof(output)));

    /// <summary>Refuses a step of another length.</summary>
    /// <param name="inputLength">The length of a step's input.</param>
    /// <param name="input">The value passed.</param>
    /// <param name="outputLength">The length of a step's output.</param>
    /// <param name="output">The value passed.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowStep(int inputLength, int input, int outputLength, int output) => throw (input != inputLength
        ? new ArgumentException($"The input has {input} floats; a step of the network takes {inputLength}.", nameof(input))
        : new ArgumentException($"The output has {output} floats; that of a step has {outputLength}.", nameof(output)));

    /// <summary>Checks the spans of a block of steps.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="inputLength">The floats of a step of them.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="outputLength">The floats of a step of them.</param>
    /// <returns>The number of steps.</returns>
    /// <exception cref="ArgumentException">They do not hold the same number of whole steps, or overlap otherwise than step by step.</exception>
    public static int CheckSteps(ReadOnlySpan<float> inputs, int inputLength, ReadOnlySpan<float> outputs, int outputLength)
    {
        var steps = inputs.Length / inputLength;
        if (inputs.Length % inputLength != 0)
            throw new ArgumentException($"The inputs have {inputs.Length} floats, which are no whole number of steps: a step of the network takes {inputLength}.", nameof(inputs));
        if (outputs.Length != (long)steps * outputLength)
            throw new ArgumentException($"The outputs have {outputs.Length} floats; {steps} steps of the network give {(long)steps * outputLength}.", nameof(outputs));
        // In the place of the inputs each step is written when it has been read.
        if (outputs.Overlaps(inputs, out var offset) && (offset != 0 || inputLength != outputLength))
            throw new ArgumentException("The outputs share memory with the inputs; a block of steps may be in the place of its inputs only if it begins where they do and a step has as many outputs as inputs.");
        return steps;
    }

    /// <summary>Checks that a state is one of a network.</summary>
    /// <param name="state">The state.</param>
    /// <param name="table">What is kept from step to step of the network.</param>
    /// <param name="description">The network.</param>
    /// <exception cref="ArgumentException">It is of another network.</exception>
    public static void CheckState(StreamState state, StateTable table, NetworkDescription description)
    {
        if (!ReferenceEquals(state?.Table, table))
            ThrowState(state, description);
    }

    [DoesNotReturn]
    private static void ThrowState(StreamState? state, NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(state);
        throw new ArgumentException($"The state belongs to another network: create one with {description.Name}.CreateState().", nameof(state));
    }

    /// <summary>Checks the span of one of several inputs or outputs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actual">The floats that came.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="length">The floats of a sample.</param>
    /// <exception cref="ArgumentException">The length is not count × the sample's.</exception>
    public static void CheckNamed(string name, int actual, int count, int length)
    {
        if (actual != (long)count * length)
            ThrowNamed(name, actual, count, length);
    }

    [DoesNotReturn]
    private static void ThrowNamed(string name, int actual, int count, int length) => throw new ArgumentException(
        $"{name} has {actual} floats; {(count == 1 ? $"the network's has {length}" : $"{count} samples of {length} have {(long)count * length}")}.", name);

    /// <summary>Refuses to run an inference twin without weights.</summary>
    /// <param name="network">The network's name.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowNoWeights(string network) => throw new InvalidOperationException(
        $"{network} has no weights yet: load them with LoadSafetensors(\"file.safetensors\"), or name their file in its declaration, " +
        $"[InferenceOf(typeof(…), Weights = \"file.safetensors\")]; new {network}(seed: 0) runs with random weights, for tests and measurements.");

    /// <summary>Checks many samples.</summary>
    /// <param name="inputLength">The length of one input.</param>
    /// <param name="inputs">The value passed.</param>
    /// <param name="outputLength">The length of one output.</param>
    /// <param name="outputs">The value passed.</param>
    /// <param name="count">The number of samples.</param>
    /// <exception cref="ArgumentException">A length is not count × the sample's.</exception>
    public static void CheckSamples(int inputLength, int inputs, int outputLength, int outputs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckLength(nameof(inputs), inputs, count, inputLength);
        CheckLength(nameof(outputs), outputs, count, outputLength);
    }

    /// <summary>
    /// Refuses outputs that share memory with inputs: samples go through in chunks, and the outputs of one would overwrite
    /// the inputs of the next one.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The outputs.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void CheckApart(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        if (outputs.Overlaps(inputs))
            ThrowOverlap("inputs");
    }

    /// <summary>Refuses outputs that share memory with a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">The outputs.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void CheckApart(in Batch batch, ReadOnlySpan<float> outputs)
    {
        CheckApart(batch.Inputs, outputs);
        if (outputs.Overlaps(batch.Targets))
            ThrowOverlap("targets");
        if (outputs.Overlaps(batch.SampleWeights))
            ThrowOverlap("sample weights");
    }

    /// <summary>Checks a training batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inputLength">The length of one input.</param>
    /// <param name="targetLength">The targets of one sample.</param>
    /// <param name="batchSize">The largest number of samples.</param>
    /// <param name="description">The network, whose losses indicate what a wrong number of targets suggests.</param>
    /// <exception cref="ArgumentException">A span or the count does not fit.</exception>
    public static void CheckBatch(in Batch batch, int inputLength, int targetLength, int batchSize, NetworkDescription description)
    {
        if (batch.Count < 1 || batch.Count > batchSize)
            throw new ArgumentException($"The batch has {batch.Count} samples; the network trains on 1 to {batchSize}.", nameof(batch));
        CheckLength("inputs of the batch", batch.Inputs.Length, batch.Count, inputLength);
        if (batch.Targets.Length != (long)batch.Count * targetLength)
            ThrowTargets(batch, targetLength, description);
        if (!batch.SampleWeights.IsEmpty)
            CheckSampleWeights(batch);
        CheckSequenceLengths(batch.SequenceLengths, batch.Count, description);
    }

    /// <summary>Checks the lengths of sequences.</summary>
    /// <param name="lengths">The steps of each sequence; empty: all have all steps.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="description">The network.</param>
    /// <exception cref="ArgumentException">The network's samples are not sequences, there is not one length for each, or one is outside its
    /// range.</exception>
    public static void CheckSequenceLengths(ReadOnlySpan<int> lengths, int count, NetworkDescription description)
    {
        if (lengths.IsEmpty)
            return;
        ArgumentNullException.ThrowIfNull(description);
        if (description.Steps == 1)
            throw new ArgumentException($"Expected no sequence lengths: the samples of {description.Name} are not sequences. [Input(…, Steps = …)] makes them so.");
        CheckLength("sequence lengths", lengths.Length, count, 1, "numbers");
        for (var sample = 0; sample < lengths.Length; sample++)
        {
            if (lengths[sample] < 1 || lengths[sample] > description.Steps)
                ThrowSequenceLength(sample, lengths[sample], description.Steps);
            if (lengths[sample] % description.TotalStride != 0)
                throw new ArgumentException($"The sequence of sample {sample} has {lengths[sample]} steps; the strides of {description.Name} take multiples of {description.TotalStride}.");
        }
    }

    /// <summary>Checks that the sequences of a data source have room for as many steps as a network has.</summary>
    /// <param name="data">The source; one without lengths has nothing to be checked.</param>
    /// <param name="description">The network.</param>
    /// <param name="parameter">The name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">They have room for another number.</exception>
    public static void CheckSteps(DataSource data, NetworkDescription description, string parameter)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(description);
        if (data.SequenceSteps > 0 && data.SequenceSteps != description.Steps)
            throw new ArgumentException($"{description.Name} takes {(description.Steps == 1 ? "samples that are not sequences" : $"sequences of {description.Steps} steps")}; the data set has lengths of up to {data.SequenceSteps} steps.", parameter);
    }

    /// <summary>Refuses sequences of different lengths where a layer takes the mean of all steps of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentException">The batch has sequence lengths.</exception>
    public static void CheckWholeSequences(in Batch batch, string layer)
    {
        if (!batch.SequenceLengths.IsEmpty)
        {
            throw new ArgumentException(
                $"Expected no sequence lengths in training: {layer} normalises by mean and variance over all steps of a batch, those after the end of a sequence among them. A layer norm works on each step.", nameof(batch));
        }
    }

    /// <summary>Checks the inputs of a training batch, whose targets are still to come.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inputLength">The length of one input.</param>
    /// <param name="batchSize">The largest number of samples.</param>
    /// <exception cref="ArgumentException">A span or the count does not fit.</exception>
    public static void CheckInputs(in Batch batch, int inputLength, int batchSize)
    {
        if (batch.Count < 1 || batch.Count > batchSize)
            throw new ArgumentException($"The batch has {batch.Count} samples; the network trains on 1 to {batchSize}.", nameof(batch));
        CheckLength("inputs of the batch", batch.Inputs.Length, batch.Count, inputLength);
    }

    /// <summary>Refuses the second half of a training step that does not follow its first half.</summary>
    /// <param name="count">The samples of the second half's batch.</param>
    /// <param name="firstCount">The samples of the first half's batch; 0: there was none.</param>
    /// <param name="isDisturbed">Whether the network has done something else since, or its weights have changed.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    /// <exception cref="InvalidOperationException">There was no first half, or it is lost.</exception>
    public static void CheckHalves(int count, int firstCount, bool isDisturbed)
    {
        if (firstCount == 0)
            throw new InvalidOperationException("Backward is the second half of a step: call ForwardTraining with the batch first.");
        if (isDisturbed)
        {
            throw new InvalidOperationException(
                "Backward must directly follow ForwardTraining: since then, the network has been used for something else, which overwrites the same memory, or its weights have changed. Use an instance made by ShareWeights() for other work.");
        }

        if (count != firstCount)
            throw new ArgumentException($"The batch has {count} samples, that of ForwardTraining had {firstCount}: both halves take the same batch.", nameof(count));
    }

    /// <summary>Checks that the gradients of inputs are there.</summary>
    /// <param name="gradients">The floats of the span that they go to.</param>
    /// <param name="count">The samples of the last step; 0: there was none.</param>
    /// <param name="inputLength">The length of one input.</param>
    /// <param name="isDisturbed">Whether the network has done something else since.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no step, or the network has done something else since.</exception>
    public static void CheckInputGradients(int gradients, int count, int inputLength, bool isDisturbed)
    {
        if (count == 0)
            throw new InvalidOperationException("The gradients of inputs are those of a training step: call TrainBatch first.");
        if (isDisturbed)
            throw new InvalidOperationException("The gradients of inputs must be read directly after a training step: since then, the network has been used for something else, which overwrites the same memory.");
        CheckLength("gradients of the inputs", gradients, count, inputLength);
    }

    /// <summary>Checks that a batch is in the numbers of a network that has a scaling.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="description">The network.</param>
    /// <exception cref="ArgumentException">The network has a scaling, and the batch does not say that it is scaled.</exception>
    public static void CheckScaled(in Batch batch, NetworkWeights weights, NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.IsScaled || batch.IsScaled)
            return;
        ArgumentNullException.ThrowIfNull(description);
        throw new ArgumentException(
            $"{description.Name} has a scaling, and the batch is not marked as scaled: scale inputs and targets by its {nameof(NetworkWeights.Scaling)}, " +
            $"and say so with {nameof(Batch)}.{nameof(Batch.IsScaled)}. A Trainer takes your numbers, as Forward and Predict do.",
            nameof(batch));
    }

    private static void CheckSampleWeights(in Batch batch)
    {
        CheckLength("sample weights of the batch", batch.SampleWeights.Length, batch.Count, 1);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            if (batch.SampleWeights[sample] is not (>= 0 and < float.PositiveInfinity))
                ThrowWeight(sample, batch.SampleWeights[sample]);
        }
    }

    [DoesNotReturn]
    private static void ThrowSequenceLength(int sample, int length, int steps) => throw SampleFault.Exception(
        sample, ofSample => $"Expected sequences of 1 to {steps} steps; the length{ofSample} is {length.ToString(CultureInfo.InvariantCulture)}.", "batch");

    [DoesNotReturn]
    private static void ThrowWeight(int sample, float weight) => throw SampleFault.Exception(
        sample, ofSample => $"Expected finite sample weights of 0 or more; that{ofSample} is {weight.ToString(CultureInfo.InvariantCulture)}.", "batch");

    /// <summary>Checks a part of a training phase.</summary>
    /// <param name="begin">The part's start.</param>
    /// <param name="end">The part's end.</param>
    /// <param name="length">The length of the phase.</param>
    /// <exception cref="ArgumentException">The part is not inside the phase.</exception>
    public static void CheckPart(int begin, int end, int length)
    {
        if (begin < 0 || end < begin || end > length)
            throw new ArgumentException($"The part from {begin} to {end} is not inside the phase, which is from 0 to {length}.");
    }

    /// <summary>Checks the arguments of <see cref="ITrainableNetwork{TSelf}.TraceStep"/>.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="batchSize">The largest number of samples.</param>
    /// <param name="trace">What is to see the values.</param>
    /// <exception cref="ArgumentException">The count does not fit, or there is nothing to see the values.</exception>
    public static void CheckTrace(int count, int batchSize, IStepTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (count < 1 || count > batchSize)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected the samples of the last batch, 1 to {batchSize}.");
    }

    /// <summary>Refuses to show values that are not kept.</summary>
    /// <param name="network">The network's name.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowValuesNotKept(string network) =>
        throw new InvalidOperationException($"{network} keeps no values of a training step: [Training(KeepValues = true)] on the class asks for them.");

    /// <summary>The sum, in order and in double precision.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The sum.</returns>
    public static float Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return (float)sum;
    }

    [DoesNotReturn]
    private static void ThrowTargets(in Batch batch, int targetLength, NetworkDescription description)
    {
        var hint = batch.Targets.Length % batch.Count == 0 ? TargetGuard.Hint(description, batch.Targets.Length / batch.Count) : "";
        throw new ArgumentException(
            $"The targets of the batch have {batch.Targets.Length} floats; {batch.Count} samples of {targetLength} have {(long)batch.Count * targetLength}.{hint}", nameof(batch));
    }

    [DoesNotReturn]
    private static void ThrowOverlap(string what) =>
        throw new ArgumentException($"The outputs share memory with the {what}, but need separate memory: some of them are written before all {what} have been read.");

    private static void CheckLength(string what, int actual, int count, int length, string unit = "floats")
    {
        if (actual != (long)count * length)
            throw new ArgumentException($"The {what} have {actual} {unit}; {count} samples of {length} have {(long)count * length}.");
    }
}
