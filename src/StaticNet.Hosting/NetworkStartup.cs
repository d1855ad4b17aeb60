using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace StaticNet.Hosting;

/// <summary>Loads a network before the host starts anything that answers requests.</summary>
internal sealed class NetworkStartup<TNetwork>(IServiceProvider services) : IHostedLifecycleService
    where TNetwork : class, INetwork<TNetwork>
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<NetworkService<TNetwork>>();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
