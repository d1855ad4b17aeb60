using System.Collections.ObjectModel;
using System.Numerics.Tensors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StaticNet.Hosting;

/// <summary>Whether a network computes finite numbers.</summary>
internal sealed class NetworkHealthCheck<TNetwork>(NetworkService<TNetwork> network) : IHealthCheck
    where TNetwork : class, INetwork<TNetwork>
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var output = new float[TNetwork.OutputLength];
        // Not through the service: a check is not a request that metrics should count.
        network.Pool.Forward(new float[TNetwork.InputLength], output);
        var name = TNetwork.Description.Name;
        var data = new ReadOnlyDictionary<string, object>(new Dictionary<string, object>
        {
            ["network"] = name,
            ["parameters"] = TNetwork.ParameterTable.Count,
            ["weights"] = network.Source,
        });
        return Task.FromResult(TensorPrimitives.IsFiniteAll<float>(output)
            ? HealthCheckResult.Healthy($"{name} computes.", data)
            : new HealthCheckResult(context.Registration.FailureStatus, $"{name} computes numbers that are not finite.", data: data));
    }
}
