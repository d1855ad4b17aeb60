using StaticNet.Data;
using StaticNet.Optimizers;

namespace StaticNet.Training;

/// <summary>What callbacks see of a trainer, whatever its network.</summary>
public abstract class Trainer
{
    private protected Trainer(NetworkDescription description, NetworkWeights weights, Optimizer optimizer, TrainerOptions options)
    {
        Description = description;
        Weights = weights;
        Optimizer = optimizer;
        Options = options;
    }

    /// <summary>The network's layers, shapes and losses.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The network's parameters.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How the trainer trains.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The epochs finished so far, over all calls of <c>Fit</c>; the next one goes on from there.</summary>
    public int CompletedEpochs { get; private protected set; }

    /// <summary>The gradients of the trainable parameters, in the kernels' layout; see <see cref="ParameterInfo.Offset"/>.</summary>
    internal abstract Span<float> Gradients { get; }

    /// <summary>What a callback's state is stored under: its class, counted from 1.</summary>
    internal abstract string NameOf(TrainingCallback callback);

    /// <summary>Shows what the layers computed for the last batch.</summary>
    internal abstract void TraceStep(int count, IStepTrace trace);

    /// <summary>Writes all that is needed to go on from here; nothing in a fast dev run.</summary>
    internal abstract void SaveCheckpoint(TrainingContext context, string path);

    /// <summary>Computes loss and metrics over all samples, as at inference, without changing anything.</summary>
    /// <param name="data">The samples, in the user's numbers: the network's scaling is applied.</param>
    /// <returns>Their mean loss and the metrics.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    public abstract Evaluation Evaluate(DataSource data);

    /// <summary>Counts which classes are taken for which.</summary>
    /// <param name="data">The samples, in the user's numbers.</param>
    /// <returns>The counts; see <see cref="Metrics.ConfusionMatrix"/>.</returns>
    /// <exception cref="ArgumentException">There are no samples, or they do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network's loss does not tell classes.</exception>
    public abstract Metrics.ConfusionMatrix ConfusionMatrix(DataSource data);

    /// <summary>Computes the output of one sample as at inference, and shows what each layer computes; see <see cref="ITrainableNetwork{TSelf}.Trace"/>.</summary>
    /// <param name="input">InputLength floats, in the network's numbers: no scaling is applied.</param>
    /// <param name="trace">Sees the values, which are not copied.</param>
    /// <exception cref="ArgumentException">The input has another length.</exception>
    public abstract void Trace(ReadOnlySpan<float> input, ILayerTrace trace);

    /// <summary>Computes outputs, inputs scaled and the scaling of targets undone; see <see cref="NetworkExtensions.Predict"/>.</summary>
    /// <param name="inputs">[count × InputLength], in the user's numbers.</param>
    /// <param name="outputs">[count × OutputLength], written, in the user's numbers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the network.</exception>
    public abstract void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);
}
