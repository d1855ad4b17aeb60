using StaticNet.Data;
using StaticNet.Networks.Sequences;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Tests.Sequences;

/// <summary>A network with three inputs, two outputs on the way and a delay trains, streams, saves, loads and resumes.</summary>
public sealed class SequenceTrainingTests
{
    [Fact]
    public void It_learns_what_came_before()
    {
        // The level is to be the sound of three steps before, which only the delays know.
        var network = new Echo(seed: 3);
        var data = Data(96);
        var trainer = Trainer.For(network, new Adam(0.01f));
        var before = trainer.Evaluate(data).Loss;
        trainer.Fit(data, epochs: 60);
        var after = trainer.Evaluate(data);
        Assert.True(after.Loss < before / 4, $"The loss went from {before} to {after.Loss}.");
        // Metrics count each step.
        Assert.Equal("mean_absolute_error", after.Metrics[0].Name);
        Assert.InRange(after.Metrics[0].Value, 0, 0.3);
    }

    [Fact]
    public void A_run_that_goes_on_from_a_checkpoint_ends_as_one_that_was_not_interrupted()
    {
        var folder = Directory.CreateTempSubdirectory("staticnet-sequence-");
        try
        {
            var data = Data(40);
            var whole = new Echo(seed: 3);
            Trainer.For(whole, new Adam(0.01f)).Fit(data, epochs: 6);

            var counter = new EpochCounter();
            TrainerOptions Options() => new() { Callbacks = [new CheckpointCallback(folder.FullName), counter] };
            Trainer.For(new Echo(seed: 3), new Adam(0.01f), Options()).Fit(data, epochs: 3, resumeFrom: folder.FullName);
            Assert.Equal(3, counter.Epochs);
            var resumed = new Echo(seed: 3);
            Trainer.For(resumed, new Adam(0.01f), Options()).Fit(data, epochs: 6, resumeFrom: folder.FullName);
            Assert.Equal(6, counter.Epochs);
            Assert.Equal(whole.Weights.Values, resumed.Weights.Values);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_was_trained_streams_from_a_file()
    {
        var network = new Echo(seed: 3);
        var data = Data(40);
        Trainer.For(network, new Adam(0.01f)).Fit(data, epochs: 2);
        var path = Path.Combine(Path.GetTempPath(), $"echo-{Guid.NewGuid():N}.safetensors");
        var twin = new EchoTwin();
        try
        {
            network.SaveSafetensors(path);
            twin.LoadSafetensors(path);
        }
        finally
        {
            File.Delete(path);
        }

        var (expected, step) = (new float[Echo.OutputLength], new float[Echo.StepOutputLength]);
        var sample = data.Inputs[..Echo.InputLength];
        network.Forward(sample, expected);
        var state = EchoTwin.CreateState();
        for (var time = 0; time < Echo.Steps; time++)
        {
            twin.ForwardStep(state, sample.Slice(time * Echo.StepInputLength, Echo.StepInputLength), step);
            for (var index = 0; index < step.Length; index++)
                Assert.Equal(expected[(time * step.Length) + index], step[index], 2e-5f);
        }
    }

    [Fact]
    public void Steps_and_evaluations_allocate_nothing()
    {
        var (network, data) = (new Echo(), Data(8));
        var outputs = new float[8 * Echo.OutputLength];
        Assert.Equal(0, Allocations.Of(() => network.TrainBatch(new Batch(data.Inputs, data.Targets, 8))));
        Assert.Equal(0, Allocations.Of(() => network.EvaluateBatch(new Batch(data.Inputs, data.Targets, 8), outputs)));
        Assert.Equal(0, Allocations.Of(() => network.ForwardBatch(data.Inputs, outputs, 8)));
    }

    [Fact]
    public void A_target_that_does_not_fit_is_told_by_its_step()
    {
        var network = new Film();
        var targets = new float[6 * Film.TargetLength];
        targets[(2 * Film.TargetLength) + 4] = 3;
        var inputs = new float[6 * Film.InputLength];
        var fault = Assert.Throws<ArgumentException>(() => network.TrainBatch(new Batch(inputs, targets, 6)));
        Assert.StartsWith("SoftmaxCrossEntropyLoss takes a class index, a whole number from 0 to 2; target 0 of step 4 of sample 2 is 3.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var data = Data(64);
        float[] Train(int threads)
        {
            var network = new Echo(seed: 3);
            Trainer.For(network, new Adam(0.01f), new TrainerOptions { Threads = threads }).Fit(data, epochs: 2);
            return network.Weights.Values.ToArray();
        }

        Assert.Equal(Train(1), Train(3));
    }

    private sealed class EpochCounter : TrainingCallback
    {
        public int Epochs { get; private set; }

        public override void OnEpochEnd(TrainingContext context) => Epochs++;
    }

    private static DataSet Data(int count)
    {
        var random = new Random(5);
        var (inputs, targets) = (new float[count * Echo.InputLength], new float[count * Echo.TargetLength]);
        for (var sample = 0; sample < count; sample++)
        {
            for (var step = 0; step < Echo.Steps; step++)
            {
                var input = inputs.AsSpan((sample * Echo.InputLength) + (step * Echo.StepInputLength), Echo.StepInputLength);
                for (var index = 0; index < input.Length; index++)
                    input[index] = (random.NextSingle() * 2) - 1;
                var target = targets.AsSpan((sample * Echo.TargetLength) + (step * (Echo.TargetLength / Echo.Steps)), 3);
                if (step >= 3)
                    inputs.AsSpan((sample * Echo.InputLength) + ((step - 3) * Echo.StepInputLength), 3).CopyTo(target);
            }
        }

        return new DataSet(Echo.InputLength, Echo.TargetLength, inputs, targets);
    }
}
