using StaticNet.Data;
using StaticNet.Optimizers;

namespace StaticNet.Training;

/// <summary>A trainer as callbacks see it, independent of its network's class.</summary>
public abstract class Trainer
{
    private protected Trainer(NetworkDescription description, NetworkWeights weights, Optimizer optimizer, TrainerOptions options)
    {
        Description = description;
        Weights = weights;
        Optimizer = optimizer;
        Options = options;
    }

    /// <summary>Makes a trainer of a network, whose class is inferred: the same as <c>new Trainer&lt;LeNet5&gt;(network, optimizer, options)</c>.</summary>
    /// <typeparam name="TNetwork">A generated network with training code.</typeparam>
    /// <param name="network">The network; its parameters change as it is trained.</param>
    /// <param name="optimizer">An optimizer for this network alone; it is attached to it.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or a metric does not suit the network's losses.</exception>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another network.</exception>
    /// <example><code>History history = Trainer.For(network, new Adam()).Fit(train, epochs: 10);</code></example>
    public static Trainer<TNetwork> For<TNetwork>(TNetwork network, Optimizer optimizer, TrainerOptions? options = null)
        where TNetwork : class, ITrainableNetwork<TNetwork> => new(network, optimizer, options);

    /// <summary>The network's layers, shapes and losses.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The network's parameters.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How the trainer trains.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The epochs finished so far, over all calls of <c>Fit</c>; the next call continues from there.</summary>
    public int CompletedEpochs { get; private protected set; }

    /// <summary>The steps of the optimizer that <c>Fit</c> has taken so far, over all its calls.</summary>
    public long CompletedSteps { get; private protected set; }

    /// <summary>The samples of a batch: those of the options, or of the network.</summary>
    internal abstract int BatchSize { get; }

    /// <summary>The gradients of the trainable parameters, in the kernels' layout; see <see cref="ParameterInfo.Offset"/>.</summary>
    internal abstract Span<float> Gradients { get; }

    /// <summary>The weights that are measured and stored: the averaged ones where there are such, as they are stored.</summary>
    internal abstract ReadOnlySpan<float> MeasuredWeights { get; }

    /// <summary>What a callback's state is stored under: its class, counted from 1.</summary>
    internal abstract string NameOf(TrainingCallback callback);

    /// <summary>Computes the outputs of all samples of a source; see <see cref="PredictionExtensions.Predict{TNetwork}(TNetwork, DataSource)"/>.</summary>
    internal abstract float[] Predict(DataSource data);

    /// <summary>Shows what the layers computed for the last batch.</summary>
    internal abstract void TraceStep(int count, IStepTrace trace);

    /// <summary>Writes all that is needed to continue from here; nothing in a fast dev run.</summary>
    internal abstract void SaveCheckpoint(TrainingContext context, string path);

    /// <summary>Computes loss and metrics over all samples, as at inference, without changing anything.</summary>
    /// <param name="data">The samples, in the user's numbers: the network's scaling is applied.</param>
    /// <returns>Their mean loss and the metrics.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    public abstract Evaluation Evaluate(DataSource data);

    /// <summary>Computes loss and metrics over all samples of a stream, as at inference, without changing anything.</summary>
    /// <param name="data">The samples, in the user's numbers: its epoch 0 is read once, and never held completely in
    /// memory.</param>
    /// <returns>Their mean loss and the metrics.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    /// <exception cref="DataFormatException">The stream ends before the samples that it says it has, or cannot be read.</exception>
    public abstract Evaluation Evaluate(SampleStream data);

    /// <summary>Counts how often each class is predicted as each class.</summary>
    /// <param name="data">The samples, in the user's numbers.</param>
    /// <returns>The counts; see <see cref="Metrics.ConfusionMatrix"/>.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is not a classification loss.</exception>
    public abstract Metrics.ConfusionMatrix ConfusionMatrix(DataSource data);

    /// <summary>Counts how often each class of a stream's samples is predicted as each class.</summary>
    /// <param name="data">The samples, in the user's numbers.</param>
    /// <returns>The counts; see <see cref="Metrics.ConfusionMatrix"/>.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    /// <exception cref="DataFormatException">The stream ends before the samples that it says it has, or cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is not a classification loss.</exception>
    public abstract Metrics.ConfusionMatrix ConfusionMatrix(SampleStream data);

    /// <summary>Computes the output of one sample as at inference, and shows what each layer computes; see <see cref="ITrainableNetwork{TSelf}.Trace"/>.</summary>
    /// <param name="input">InputLength floats, in the network's numbers: no scaling is applied.</param>
    /// <param name="trace">Sees the values, which are not copied.</param>
    /// <exception cref="ArgumentException">The input has another length.</exception>
    public abstract void Trace(ReadOnlySpan<float> input, ILayerTrace trace);

    /// <summary>Computes outputs, with scaled inputs and the scaling of targets reversed; see
    /// <see cref="NetworkExtensions.Predict"/>.</summary>
    /// <param name="inputs">[count × InputLength], in the user's numbers.</param>
    /// <param name="outputs">[count × OutputLength], written, in the user's numbers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the network.</exception>
    public abstract void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);
}
