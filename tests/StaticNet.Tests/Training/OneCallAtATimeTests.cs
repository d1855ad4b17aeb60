using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>What trains, evaluates or steps twice at the same time is refused; a callback may evaluate.</summary>
public class OneCallAtATimeTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Fact]
    public void A_second_thread_is_refused_and_the_first_trains_all_its_epochs()
    {
        var trainer = Trainer();
        var errors = new List<Exception>();
        var watched = new Trainer<TinyClassifier>(trainer.Network, trainer.Optimizer, new TrainerOptions
        {
            Callbacks = [new RecordingCallback { AtEpochEnd = _ => OnAnotherThread(errors, () => trainer.Fit(Train, 1), () => trainer.Evaluate(Train), () => trainer.Predict(new float[2], new float[3]), () => trainer.FindLearningRate(Train)) }],
        });

        var history = watched.Fit(Train, 4);

        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(16, errors.Count);
        Assert.All(errors, error => Assert.Contains("while Fit is running on another thread. Give each thread its own network and trainer.", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal));
        Assert.Single(trainer.Fit(Train, 1).Epochs);
    }

    [Fact]
    public void A_callback_may_evaluate_and_predict_but_not_train()
    {
        InvalidOperationException? error = null;
        var accuracies = new List<double>();
        Trainer<TinyClassifier>? trainer = null;
        trainer = Trainer(new RecordingCallback
        {
            AtEpochEnd = context =>
            {
                accuracies.Add(context.Trainer.Evaluate(Train)["accuracy"]);
                error = Assert.Throws<InvalidOperationException>(() => trainer!.Fit(Train, 1));
                Assert.Throws<InvalidOperationException>(() => trainer!.OverfitOneBatch(Train));
                context.Trainer.Predict(new float[2], new float[3]);
            },
        });

        trainer.Fit(Train, 2);

        Assert.Equal(2, accuracies.Count);
        Assert.Contains("Fit was called from within Fit. A callback may evaluate and predict; train again after Fit has returned.", error!.Message, StringComparison.Ordinal);
        Assert.Equal(2, trainer.CompletedEpochs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_parallel_step_is_for_one_thread(int threads)
    {
        using var pool = new WorkerPool(threads);
        var network = new TinyClassifier(1);
        var optimizer = new Reentrant();
        optimizer.Attach(network.Weights);
        var step = new ParallelStep<TinyClassifier>(network, pool);
        var errors = new List<Exception>();
        optimizer.Within = () => OnAnotherThread(errors, () => step.TrainBatch(default), () => step.TakeStep(optimizer), () => optimizer.Step(network.Weights, network.Gradients));

        step.TrainBatch(new Batch(new float[2], new float[1], 1));
        step.TakeStep(optimizer);

        Assert.Equal(3, errors.Count);
        Assert.All(errors.Take(2), error => Assert.Contains("Expected one call at a time of a step of TinyClassifier", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal));
        Assert.Equal("Expected one step of an optimizer at a time; another one is running.", Assert.IsType<InvalidOperationException>(errors[2]).Message);
        Assert.Equal(1, optimizer.StepCount);
        step.TakeStep(optimizer);
    }

    private static void OnAnotherThread(List<Exception> errors, params Action[] calls)
    {
        foreach (var call in calls)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    call();
                }
                catch (InvalidOperationException exception)
                {
                    errors.Add(exception);
                }
            });
            thread.Start();
            thread.Join();
        }
    }

    private static Trainer<TinyClassifier> Trainer(params TrainingCallback[] callbacks) =>
        new(new TinyClassifier(1), new Adam(0.05f), new TrainerOptions { Callbacks = callbacks });

    /// <summary>Does something within its first step.</summary>
    private sealed class Reentrant() : Optimizer(0.1f)
    {
        public Action? Within { get; set; }

        protected override void Update(in OptimizerStep step)
        {
            var within = Within;
            Within = null;
            within?.Invoke();
        }
    }
}
