using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Tests.Training;
using StaticNet.Training;

namespace StaticNet.Tests.Schedules;

/// <summary>Schedules in epochs, whatever number of steps an epoch has.</summary>
public class InEpochsTests
{
    [Fact]
    public void Half_a_cosine_over_epochs_is_that_over_their_steps()
    {
        // 50 samples by 8: seven steps an epoch.
        var inEpochs = Rates(new InEpochs(new CosineDecay(4)), epochs: 5);
        var inSteps = Rates(new CosineDecay(4 * 7), epochs: 5);

        Assert.Equal(35, inEpochs.Length);
        for (var step = 0; step < 35; step++)
            Assert.Equal(inSteps[step], inEpochs[step], 1e-7f);
        Assert.Equal(0, inEpochs[28]);
    }

    [Fact]
    public void Stairs_change_at_whole_epochs()
    {
        var rates = Rates(new InEpochs(new PiecewiseConstant([1, 3], [1, 0.5f, 0.25f])), epochs: 4);

        Assert.Equal([.. Enumerable.Repeat(0.1f, 7), .. Enumerable.Repeat(0.05f, 14), .. Enumerable.Repeat(0.025f, 7)], rates);
        Assert.Equal(rates, Rates(new InEpochs(new ScheduleSequence([1], [new ConstantSchedule(), new PiecewiseConstant([2], [0.5f, 0.25f])])), epochs: 4));
    }

    [Fact]
    public void A_warm_up_of_epochs_rises_from_step_to_step()
    {
        var rates = Rates(new InEpochs(new WarmUp(2, new ConstantSchedule())), epochs: 3);

        for (var step = 0; step < 21; step++)
            Assert.Equal(0.1f * Math.Min(1, step / 14f), rates[step], 1e-7f);
    }

    [Fact]
    public void Steps_of_several_batches_count_as_one()
    {
        // Seven batches are four steps of two.
        var rates = Rates(new InEpochs(new WarmUp(1, new ConstantSchedule())), epochs: 2, accumulate: 2);

        Assert.Equal([0, 0.025f, 0.05f, 0.075f, 0.1f, 0.1f, 0.1f, 0.1f], rates);
    }

    [Fact]
    public void Other_data_in_between_do_not_move_the_epoch()
    {
        var rates = new List<float>();
        var optimizer = new Sgd(0.1f) { Schedule = new InEpochs(new StepDecay(2, 0.1f)) };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer, new TrainerOptions { BatchSize = 8, Callbacks = [Noting(rates)] });

        trainer.Fit(Samples.Clouds(80), 1);
        trainer.Fit(Samples.Clouds(16), 2);

        // Ten steps in the first epoch, two in the second and in the third, which is the one that the stairs fall at.
        Assert.Equal([.. Enumerable.Repeat(0.1f, 12), 0.01f, 0.01f], rates.Select(rate => MathF.Round(rate, 6)));
    }

    [Fact]
    public void A_run_that_goes_on_in_the_middle_of_an_epoch_has_the_same_rates()
    {
        using var folder = new TemporaryFolder();
        TrainerOptions Options(List<float> rates, int stopAt) => new()
        {
            BatchSize = 8,
            Callbacks = [Noting(rates), new RecordingCallback { AtBatchEnd = context => StopAt(context, stopAt) }, new CheckpointCallback(folder.Path)],
        };
        Trainer<TinyClassifier> Trainer(List<float> rates, int stopAt = -1) =>
            new(new TinyClassifier(1), new Adam(0.1f) { Schedule = new InEpochs(new WarmUp(1, new CosineDecay(2))) }, Options(rates, stopAt));

        var (first, second) = (new List<float>(), new List<float>());
        Assert.Throws<OperationCanceledException>(() => Trainer(first, stopAt: 10).Fit(Samples.Clouds(50), 3));
        var resumed = Trainer(second);
        resumed.Fit(Samples.Clouds(50), 3, resumeFrom: folder.Path);

        var undisturbed = Rates(new InEpochs(new WarmUp(1, new CosineDecay(2))), epochs: 3);
        Assert.Equal(undisturbed[7..], second);

        static void StopAt(TrainingContext context, int batch)
        {
            if (((context.Epoch - 1) * 7) + context.Batch == batch)
                throw new OperationCanceledException();
        }
    }

    [Fact]
    public void It_goes_around_a_schedule_and_is_no_part_of_one()
    {
        var inner = new InEpochs(new CosineDecay(3));

        Assert.Contains("It wraps the whole schedule", Assert.Throws<ArgumentException>(() => new WarmUp(5, inner)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ScheduleSequence([5], [new ConstantSchedule(), inner]));
        Assert.Throws<ArgumentException>(() => new InEpochs(inner));
        Assert.Throws<ArgumentNullException>(() => new InEpochs(null!));
    }

    [Fact]
    public void A_loop_of_ones_own_has_to_say_where_epochs_begin()
    {
        var network = new TinyClassifier(1);
        var optimizer = new Sgd(1) { Schedule = new InEpochs(new StepDecay(1, 0.5f)) };
        optimizer.Attach(network.Weights);

        Assert.Equal(1, optimizer.CurrentLearningRate);
        optimizer.Step(network.Weights, network.Gradients);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(network.Weights, network.Gradients));
        Assert.Contains("BeginEpoch", error.Message, StringComparison.Ordinal);

        optimizer.BeginEpoch(2, steps: 10, done: 3);
        Assert.Equal(0.25f, optimizer.CurrentLearningRate);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.BeginEpoch(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.BeginEpoch(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.BeginEpoch(0, 2, done: 3));
    }

    private static float[] Rates(Schedule schedule, int epochs, int accumulate = 1)
    {
        var rates = new List<float>();
        var options = new TrainerOptions { BatchSize = 8, AccumulateBatches = accumulate, Callbacks = [Noting(rates)] };
        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f) { Schedule = schedule }, options).Fit(Samples.Clouds(50), epochs);
        return [.. rates];
    }

    private static RecordingCallback Noting(List<float> rates) => new()
    {
        AtStepBegin = context => rates.Add(context.Trainer.Optimizer.CurrentLearningRate),
    };
}
