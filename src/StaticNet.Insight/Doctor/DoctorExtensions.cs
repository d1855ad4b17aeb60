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
    /// <param name="data">The samples to train with, in the user's numbers; up to 512 of them are looked at.</param>
    /// <returns>What was found; nothing if all is well.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, or there are none.</exception>
    public static ImmutableArray<Finding> Diagnose(this Trainer trainer, DataSource data)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        var description = trainer.Description;
        if (data.Count == 0 || data.InputLength != description.InputLength || data.TargetLength != description.TargetLength)
        {
            throw new ArgumentException(
                $"Expected samples with {description.InputLength} inputs and {description.TargetLength} targets for {description.Name}; there are {data.Count} with {data.InputLength} and {data.TargetLength}.", nameof(data));
        }

        var probe = Probe.Of(data, ProbeSamples);
        return [.. DataChecks.Of(trainer, probe), .. NetworkChecks.AtStart(trainer, probe)];
    }
}
