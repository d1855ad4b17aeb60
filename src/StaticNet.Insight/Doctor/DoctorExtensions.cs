using System.Collections.Immutable;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Looks at networks and data before a run.</summary>
public static class DoctorExtensions
{
    internal const int ProbeSamples = 512;

    /// <summary>Looks for what would keep a network from learning, before it is trained: in the samples, in the declaration and in the weights.</summary>
    /// <param name="trainer">The trainer; nothing of it changes.</param>
    /// <param name="data">The samples to train with, in the user's numbers; up to 512 of them are looked at, and the targets of all. Those of weight 0 do not count.</param>
    /// <returns>What was found; nothing if all is well.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, a label is none of its classes, or there are no samples that count.</exception>
    public static ImmutableArray<Finding> Diagnose(this Trainer trainer, DataSource data)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        return [.. AtStart(trainer, Probe.Of(data, trainer.Description, ProbeSamples, nameof(data)))];
    }

    internal static IEnumerable<Finding> AtStart(Trainer trainer, Probe probe) => [.. DataChecks.Of(trainer, probe), .. NetworkChecks.AtStart(trainer, probe)];
}
