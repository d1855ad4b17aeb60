using System.Collections.Immutable;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Watches a training, and says in plain words what keeps the network from learning, or from learning better.</summary>
/// <remarks>
/// <para>It looks at the samples and the network before the first step (<see cref="DoctorExtensions.Diagnose"/>), at gradients and updates
/// of 32 steps of each epoch or fewer, at the layers' values for some samples after each epoch, and at the curves. Each finding is
/// reported once, with what was measured, the threshold, and a remedy. The network, the results and the random numbers of a
/// training are the same with it and without it.</para>
/// <para>What it looks for is what studies of faulty trainings name, such as NeuraLint, UMLAUT, TheDeepChecker and AutoTrainer; the
/// thresholds are chosen so that healthy trainings, those of the samples, raise nothing.</para>
/// </remarks>
/// <example><code>
/// var doctor = new TrainingDoctor(train);
/// Trainer.For(network, new Adam(), new TrainerOptions { Callbacks = [doctor] }).Fit(train, epochs: 10, validation);
/// foreach (Finding finding in doctor.Findings)
///     Console.WriteLine(finding);
/// </code></example>
public sealed class TrainingDoctor : TrainingCallback
{
    private const int StepsOfEpoch = 32;

    private readonly DataSource _data;
    private readonly List<Finding> _findings = [];
    private Probe? _probe;
    private GradientWatch? _watch;
    private double _firstLoss;
    private long _steps;

    /// <summary>Makes a doctor.</summary>
    /// <param name="data">The training samples, in the user's numbers; up to 512 of them are looked at.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public TrainingDoctor(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("Expected samples to look at; there are none.", nameof(data));
        _data = data;
    }

    /// <summary>What was found in the last run, in the order in which it was found.</summary>
    public ImmutableArray<Finding> Findings => [.. _findings];

    /// <summary>Called for each finding when it is made; null (the default) for nothing.</summary>
    public Action<Finding>? OnFinding { get; init; }

    internal GradientWatch? Watch => _watch;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The doctor's samples do not fit the network, or a label is none of its classes.</exception>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _findings.Clear();
        (_firstLoss, _steps) = (double.NaN, 0);
        _watch = new GradientWatch(context.Trainer);
        _probe = Probe.Of(_data, context.Trainer.Description, DoctorExtensions.ProbeSamples, "data");
        Add(DoctorExtensions.AtStart(context.Trainer, _probe));
    }

    /// <inheritdoc/>
    public override void OnStepBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The first steps of a run one by one, where most happens, and later ones evenly.
        if (_steps < StepsOfEpoch || _steps % ((context.BatchCount + StepsOfEpoch - 1) / StepsOfEpoch) == 0)
            _watch!.BeginStep(context);
        _steps++;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (double.IsNaN(_firstLoss))
            _firstLoss = context.BatchLoss;
        if (context.StepTaken)
            _watch!.EndStep(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Add(NetworkChecks.Units(context.Trainer, _probe!));
        Add(RunChecks.OfGradients(_watch!));
        Add(RunChecks.OfRate(_watch!, context.History, _firstLoss));
    }

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (exception is TrainingDivergedException)
            Add(RunChecks.OfDivergence(_watch!, exception.Message));
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.History.Epochs.Count == 0)
            return;
        Add(RunChecks.OfCurves(context.History, _firstLoss));
        Add(RunChecks.OfOutputs(context.Trainer, _probe!));
    }

    private void Add(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            // Of one kind, one finding for each layer: the first tells enough.
            if (_findings.Any(other => other.Kind == finding.Kind && other.Layer == finding.Layer))
                continue;
            _findings.Add(finding);
            OnFinding?.Invoke(finding);
        }
    }
}
