using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet.Training;

/// <content>Short trial runs, which leave everything unchanged.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Trains on one batch repeatedly, without dropout: if network and optimizer can learn at all, its loss approaches its
    /// minimum. Afterwards, parameters, statistics, optimizer and dropout are restored; gradients are overwritten.
    /// </summary>
    /// <param name="data">The samples; the batch is the first one that an epoch would begin with, without sampler and transform.</param>
    /// <param name="steps">The number of steps, 1 or more. Default: 100.</param>
    /// <returns>The loss before each step, the mean over the batch. If it does not fall, something is wrong.</returns>
    /// <exception cref="ArgumentException">The data is empty or does not fit the network, or there are no steps.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    public float[] OverfitOneBatch(DataSource data, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var call = _guard.Enter(nameof(OverfitOneBatch), fromCallbacks: false);
        using var loader = new DataLoader(Scaled(data, nameof(data)), _batchSize, Options.Shuffle, Options.Seed);
        using var pool = new WorkerPool(_threads);
        var parallel = new ParallelStep<TNetwork>(Network, pool);
        var losses = new float[steps];
        var before = Remember();
        Network.DropoutEnabled = false;
        Optimizer.BeginEpoch(CompletedEpochs, steps);
        try
        {
            foreach (var samples in loader.Epoch(0))
            {
                for (var step = 0; step < steps; step++)
                {
                    losses[step] = TrainBatch(parallel, samples.ToBatch(isScaled: true), samples, loader);
                    if (!float.IsFinite(losses[step]))
                        throw Diverged(step, samples, loader, losses[step]);
                    parallel.TakeStep(Optimizer);
                }

                break;
            }
        }
        finally
        {
            Restore(before);
        }

        return losses;
    }

    /// <summary>
    /// Trains for some steps, one per batch, while the learning rate rises exponentially, and suggests a rate from how the loss
    /// responds. Afterwards, parameters, statistics and optimizer are restored; gradients are overwritten. Smith, "Cyclical
    /// Learning Rates for Training Neural Networks", 2015.
    /// </summary>
    /// <param name="data">The samples to train with.</param>
    /// <param name="minimum">The first learning rate, above 0. The schedule is not used here. The separate rates of groups rise
    /// in the same proportion.</param>
    /// <param name="maximum">The last learning rate, above <paramref name="minimum"/>.</param>
    /// <param name="steps">The number of steps, 2 or more. It ends earlier if the smoothed loss reaches four times its
    /// minimum.</param>
    /// <returns>Rates, losses and the suggestion.</returns>
    /// <exception cref="ArgumentException">The data is empty or does not fit the network, or an argument is outside its
    /// range.</exception>
    public LearningRateRange FindLearningRate(DataSource data, float minimum = 1e-7f, float maximum = 10, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(minimum > 0 && maximum > minimum && float.IsFinite(maximum)))
            throw new ArgumentException($"Expected finite learning rates 0 < minimum < maximum, but got {minimum} and {maximum}.", nameof(maximum));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        using var call = _guard.Enter(nameof(FindLearningRate), fromCallbacks: false);
        using var loader = TrainingLoader(data, nameof(data), prefetch: false);
        using var pool = new WorkerPool(_threads);
        var parallel = new ParallelStep<TNetwork>(Network, pool);
        var range = new LearningRateRange.Recorder(minimum, maximum, steps);
        var before = Remember();
        Optimizer.ScheduleEnabled = false;
        try
        {
            for (var epoch = 0; !range.IsDone; epoch++)
                RaiseLearningRates(loader, parallel, epoch, range);
        }
        finally
        {
            Restore(before);
        }

        return range.Result();
    }

    /// <summary>Trains with the batches of an epoch, each at the next rate.</summary>
    private void RaiseLearningRates(BatchLoader loader, ParallelStep<TNetwork> parallel, int epoch, LearningRateRange.Recorder range)
    {
        foreach (var samples in loader.Epoch(epoch))
        {
            var loss = TrainBatch(parallel, samples.ToBatch(isScaled: true), samples, loader);
            if (!range.Add(loss))
                return;
            SetLearningRate(range.Rate);
            parallel.TakeStep(Optimizer);
            if (range.IsDone)
                return;
        }
    }

    /// <summary>Sets the rate, and the separate rates of groups in the same proportion.</summary>
    private void SetLearningRate(float rate)
    {
        var ratio = rate / Optimizer.LearningRate;
        Optimizer.LearningRate = rate;
        foreach (var group in Optimizer.Groups)
        {
            if (group.LearningRate is { } own && float.IsFinite(own * ratio))
                group.LearningRate = own * ratio;
        }
    }

    private TrainingDivergedException Diverged(int step, in DataBatch samples, BatchLoader loader, float loss)
    {
        var cause = DivergenceCause.Find(Network, samples, loader);
        return new TrainingDivergedException($"The loss of the batch became {loss} after {step} steps. {cause.Message}", CompletedEpochs + 1, 1, new History(), cause.Layer);
    }
}
