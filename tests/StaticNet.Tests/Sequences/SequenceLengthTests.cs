using StaticNet.Data;
using StaticNet.Networks.Golden.Sequences;
using StaticNet.Networks.Sequences;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Sequences;

/// <summary>Sequences of different lengths: steps beyond the last one of a sequence count nowhere.</summary>
public sealed class SequenceLengthTests
{
    private static readonly int[] Lengths = [4, 6, 1, 2];

    [Fact]
    public void What_follows_a_sequence_does_not_matter()
    {
        var network = new PackedSteps(seed: 2);
        var (inputs, targets) = (Random(4 * PackedSteps.InputLength), Classes(4 * PackedSteps.TargetLength));
        var loss = network.TrainBatch(new Batch(inputs, targets, 4) { SequenceLengths = Lengths });
        var gradients = network.Gradients.ToArray();
        var outputs = new float[4 * PackedSteps.OutputLength];
        network.ForwardBatch(inputs, outputs, 4, Lengths);
        for (var sample = 0; sample < 4; sample++)
        {
            inputs.AsSpan((sample * 12) + (2 * Lengths[sample]), 12 - (2 * Lengths[sample])).Fill(7);
            targets.AsSpan((sample * 6) + Lengths[sample], 6 - Lengths[sample]).Fill(float.NaN);
        }

        Assert.Equal(loss, network.TrainBatch(new Batch(inputs, targets, 4) { SequenceLengths = Lengths }));
        Assert.Equal(gradients, network.Gradients.ToArray());
        var others = new float[outputs.Length];
        Assert.Equal(loss, network.EvaluateBatch(new Batch(inputs, targets, 4) { SequenceLengths = Lengths }, others), 1e-6f);
        for (var sample = 0; sample < 4; sample++)
            Assert.Equal(outputs.AsSpan(sample * 18, 3 * Lengths[sample]).ToArray(), others.AsSpan(sample * 18, 3 * Lengths[sample]).ToArray());
    }

    [Fact]
    public void Lengths_of_all_steps_give_the_bits_of_no_lengths()
    {
        var network = new PackedStates(seed: 2);
        var (inputs, targets) = (Random(3 * PackedStates.InputLength), Classes(3));
        var loss = network.TrainBatch(new Batch(inputs, targets, 3));
        var gradients = network.Gradients.ToArray();
        Assert.Equal(loss, network.TrainBatch(new Batch(inputs, targets, 3) { SequenceLengths = [6, 6, 6] }));
        Assert.Equal(gradients, network.Gradients.ToArray());
    }

    [Fact]
    public void A_stream_of_as_many_steps_ends_with_the_output_of_the_sequence()
    {
        var network = new OneBias(seed: 3);
        var inputs = Random(4 * OneBias.InputLength);
        var outputs = new float[4 * OneBias.OutputLength];
        network.ForwardBatch(inputs, outputs, 4, Lengths);
        for (var sample = 0; sample < 4; sample++)
        {
            var steps = new float[Lengths[sample] * OneBias.StepOutputLength];
            network.ForwardSteps(OneBias.CreateState(), inputs.AsSpan(sample * OneBias.InputLength, Lengths[sample] * OneBias.StepInputLength), steps);
            for (var index = 0; index < OneBias.OutputLength; index++)
                Assert.Equal(steps[steps.Length - OneBias.OutputLength + index], outputs[(sample * OneBias.OutputLength) + index], 2e-6f);
        }
    }

    [Fact]
    public void Steps_and_evaluations_allocate_nothing()
    {
        var network = new PackedSteps(seed: 2);
        var (inputs, targets, outputs) = (Random(4 * PackedSteps.InputLength), Classes(4 * PackedSteps.TargetLength), new float[4 * PackedSteps.OutputLength]);
        Assert.Equal(0, Allocations.Of(() => network.TrainBatch(new Batch(inputs, targets, 4) { SequenceLengths = Lengths })));
        Assert.Equal(0, Allocations.Of(() => network.EvaluateBatch(new Batch(inputs, targets, 4) { SequenceLengths = Lengths }, outputs)));
        Assert.Equal(0, Allocations.Of(() => network.ForwardBatch(inputs, outputs, 4, Lengths)));
    }

    [Fact]
    public void A_trainer_and_its_metrics_count_the_steps_that_there_are()
    {
        var data = Sequences(40);
        var metric = new Accuracy();
        var trainer = Trainer.For(new PackedSteps(seed: 1), new Adam(0.02f), new TrainerOptions { Metrics = [metric], Threads = 1 });
        trainer.Fit(data, epochs: 30);
        var network = trainer.Network;
        var (outputs, right, steps, losses) = (network.Predict(data), 0, 0, 0.0);
        for (var sample = 0; sample < data.Count; sample++)
        {
            var length = data.SequenceLengths[sample];
            var loss = 0.0;
            for (var step = 0; step < length; step++)
            {
                var scores = outputs.AsSpan((sample * 18) + (3 * step), 3).ToArray();
                var wanted = (int)data.Targets[(sample * 6) + step];
                right += Array.IndexOf(scores, scores.Max()) == wanted ? 1 : 0;
                loss += Math.Log(scores.Sum(score => Math.Exp(score))) - scores[wanted];
            }

            losses += loss / length;
            steps += length;
        }

        var evaluation = trainer.Evaluate(data);
        Assert.Equal((double)right / steps, evaluation.Metrics[0].Value, 1e-9);
        Assert.Equal(losses / data.Count, evaluation.Loss, 1e-5);
        Assert.True(evaluation.Metrics[0].Value > 0.9, $"The accuracy is {evaluation.Metrics[0].Value}.");
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var data = Sequences(24);
        float[] Train(int threads)
        {
            var network = new PackedSteps(seed: 3);
            Trainer.For(network, new Adam(0.01f), new TrainerOptions { Threads = threads }).Fit(data, epochs: 2, validation: data);
            return network.Weights.Values.ToArray();
        }

        Assert.Equal(Train(1), Train(3));
    }

    [Fact]
    public void A_run_goes_on_with_the_same_lengths_alone()
    {
        var folder = Directory.CreateTempSubdirectory("staticnet-lengths-");
        try
        {
            var data = Sequences(24);
            Trainer<PackedSteps> Made() => Trainer.For(new PackedSteps(seed: 3), new Adam(0.01f), new TrainerOptions { Callbacks = [new CheckpointCallback(folder.FullName)] });
            Made().Fit(data, epochs: 1);
            var others = data.WithSequenceLengths([.. data.SequenceLengths.ToArray().Select(length => Math.Max(1, length - 1))], 6);
            var refused = Assert.Throws<ArgumentException>(() => Made().Fit(others, epochs: 2, resumeFrom: folder.FullName));
            Assert.Contains("samples.sequence_lengths: content ", refused.Message, StringComparison.Ordinal);
            Assert.Equal(2, Made().Fit(data, epochs: 2, resumeFrom: folder.FullName).Epochs.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_data_set_fills_sequences_up_and_keeps_their_lengths()
    {
        var data = DataSet.FromSequences(3, 2, 1, [[1, 2], [3, 4, 5, 6, 7, 8], [9, 10, 11, 12]], [[1], [2, 3, 4], [5, 6]], hasTargetPerStep: true);
        Assert.Equal([1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0], data.Inputs.ToArray());
        Assert.Equal([1, 0, 0, 2, 3, 4, 5, 6, 0], data.Targets.ToArray());
        Assert.Equal([1, 3, 2], data.SequenceLengths.ToArray());
        Assert.Equal(3, data.SequenceSteps);
        Assert.Equal([2, 1], data.Subset([2, 0]).SequenceLengths.ToArray());
        Assert.Equal([3, 2], Gathered(data.WithSampleWeights([1, 2, 3]).ScaleInputs(Scaler.Standard(data.Inputs, 6)), 1, 2));
        Assert.Equal([2], DataSet.FromSequences(3, 2, 1, [[9, 10, 11, 12]], [[5]], hasTargetPerStep: false).SequenceLengths.ToArray());

        DataSource plain = new DataSet(6, 3, new float[12], new float[6]);
        Assert.Equal(0, plain.SequenceSteps);
        Assert.Throws<InvalidOperationException>(() => Gathered(plain, 0));
        var both = DataSource.Concat(data, plain);
        Assert.Equal([2, 3, 1], Gathered(both, 2, 4, 0));
        Assert.Equal([1, 2], Gathered(both.Subset([0, 2]), 0, 1));
        Assert.Equal([3, 1], Gathered(both.WithSequenceLengths([1, 1, 3, 1, 2], 3), 2, 1));
        using var loader = new DataLoader(both.WithSequenceLengths([1, 1, 3, 1, 2], 3), 5, shuffle: false);
        foreach (var batch in loader.Epoch(0))
        {
            // What a sequence does not have is read as zeros.
            Assert.Equal([3, 4, 0, 0, 0, 0], batch.Inputs.Slice(6, 6).ToArray());
            Assert.Equal([1, 1, 3, 1, 2], batch.SequenceLengths.ToArray());
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var network = new PackedSteps();
        var (inputs, targets) = (Random(2 * PackedSteps.InputLength), Classes(2 * PackedSteps.TargetLength));
        Refuses("Expected sequences of 1 to 6 steps; the length of sample 1 is 7.", () => network.TrainBatch(new Batch(inputs, targets, 2) { SequenceLengths = [6, 7] }));
        Refuses("The sequence lengths have 1 numbers; 2 samples of 1 have 2.", () => network.ForwardBatch(inputs, new float[2 * PackedSteps.OutputLength], 2, [6]));
        Refuses("Expected no sequence lengths in training: batchNorm1 normalises by mean and variance over all steps of a batch", () =>
            new SequenceClasses().TrainBatch(new Batch(new float[SequenceClasses.InputLength], new float[SequenceClasses.TargetLength], 1) { SequenceLengths = [2] }));
        Refuses("Expected no sequence lengths: the samples of Iris are not sequences.", () =>
            ForwardOf(StaticNet.Networks.Iris.Create(1)));
        Refuses("Expected 2 sequence lengths, one for each sample, but got 1.", () => new DataSet(12, 6, inputs, targets).WithSequenceLengths([6], 6));
        Refuses("Expected sequences of 1 to 6 steps; that of sample 1 has 0.", () => new DataSet(12, 6, inputs, targets).WithSequenceLengths([6, 0], 6));
        Refuses("Expected inputs of 5 steps; 12 numbers are not a multiple.", () => new DataSet(12, 6, inputs, targets).WithSequenceLengths([5, 5], 5));
        Refuses("Expected sequences of 1 to 2 steps of 2 numbers; sample 0 has 6 numbers.", () => DataSet.FromSequences(2, 2, 0, [new float[6]], [[]], hasTargetPerStep: false));
        Refuses("Expected targets of 1 numbers for each step, and so 2; those of sample 0 have 1.", () => DataSet.FromSequences(2, 2, 1, [new float[4]], [[1]], hasTargetPerStep: true));
        var data = new DataSet(12, 6, inputs, targets).WithSequenceLengths([3, 2], 3);
        Refuses("PackedSteps takes sequences of 6 steps; the data set has lengths of up to 3 steps.", () => Trainer.For(network, new Adam()).Fit(data, epochs: 1));
        Refuses("Expected sources without sequence lengths; source 2 has them.", () => DataSource.Zip(new DataSet(1, 0, [1, 2], []), data));

        static void Refuses(string message, Action action) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static void ForwardOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork> => network.ForwardBatch(new float[TNetwork.InputLength], new float[TNetwork.OutputLength], 1, [1]);

    private static int[] Gathered(DataSource data, params int[] samples)
    {
        var lengths = new int[samples.Length];
        data.GatherSequenceLengths(samples, lengths);
        return lengths;
    }

    /// <summary>The class of a step is the larger one of its numbers, or that of a third one that is larger than both.</summary>
    private static DataSet Sequences(int count)
    {
        var random = new Random(4);
        var (inputs, targets) = (new List<float[]>(), new List<float[]>());
        for (var sample = 0; sample < count; sample++)
        {
            inputs.Add([.. Enumerable.Range(0, 2 * random.Next(1, 7)).Select(_ => (random.NextSingle() * 4) - 2)]);
            targets.Add([.. inputs[sample].Chunk(2).Select(step => step.Max() < 0 ? 2f : step[0] > step[1] ? 0 : 1)]);
        }

        return DataSet.FromSequences(6, 2, 1, inputs, targets, hasTargetPerStep: true);
    }

    private static float[] Random(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    private static float[] Classes(int count) => [.. Enumerable.Range(0, count).Select(index => (float)(index % 3))];
}
