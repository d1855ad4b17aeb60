using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StaticNet;
using StaticNet.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds networks to the services of a host.</summary>
public static class NetworkServiceExtensions
{
    /// <summary>
    /// Adds a network with the weights of a file as <see cref="NetworkService{TNetwork}"/>, which any number of requests use at the same time. The
    /// weights are loaded when the host starts; if the file is missing or does not fit the network, the host does not start, and the exception
    /// says why.
    /// </summary>
    /// <typeparam name="TNetwork">The network's class: an inference twin, or a network that trains elsewhere.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="path">The file: safetensors, or baked weights if it ends in <c>.baked</c>. A relative path begins at the host's content
    /// root.</param>
    /// <param name="configure">Changes further options; null for none.</param>
    /// <returns>The services.</returns>
    /// <example><code>
    /// builder.Services.AddNetwork&lt;DigitsModel&gt;("digits.safetensors");
    /// builder.Services.AddHealthChecks().AddNetwork&lt;DigitsModel&gt;();
    /// </code></example>
    public static IServiceCollection AddNetwork<TNetwork>(this IServiceCollection services, string path, Action<NetworkServiceOptions<TNetwork>>? configure = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Add<TNetwork>(services, options =>
        {
            (options.Path, options.Create) = (path, null);
            configure?.Invoke(options);
        });
    }

    /// <summary>Adds a network that has its weights already, such as an inference twin whose declaration names them.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="create">Makes the network when the host starts.</param>
    /// <param name="configure">Changes further options; null for none.</param>
    /// <returns>The services.</returns>
    /// <example><code>builder.Services.AddNetwork(() =&gt; new DigitsModel());</code></example>
    public static IServiceCollection AddNetwork<TNetwork>(this IServiceCollection services, Func<TNetwork> create, Action<NetworkServiceOptions<TNetwork>>? configure = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(create);
        return Add<TNetwork>(services, options =>
        {
            (options.Path, options.Create) = (null, create);
            configure?.Invoke(options);
        });
    }

    /// <summary>Adds a health check of a network that <c>AddNetwork</c> has added: it computes the output of a sample of zeros.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name; the network's if it is null.</param>
    /// <param name="failureStatus">The status if an output is not a finite number; <see cref="HealthStatus.Unhealthy"/> if it is null.</param>
    /// <param name="tags">Tags by which checks are chosen; null for none.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddNetwork<TNetwork>(this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? TNetwork.Description.Name, provider => new NetworkHealthCheck<TNetwork>(provider.GetRequiredService<NetworkService<TNetwork>>()), failureStatus, tags));
    }

    private static IServiceCollection Add<TNetwork>(IServiceCollection services, Action<NetworkServiceOptions<TNetwork>> configure)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.AddOptions<NetworkServiceOptions<TNetwork>>().Configure(configure)
            .Validate(options => options.Capacity >= 0, $"Expected a capacity of 0 or more for {TNetwork.Description.Name}.")
            .Validate(options => options.PreparedInstances >= 0 && options.PreparedInstances <= options.InstanceCount, $"Expected 0 prepared instances up to the capacity for {TNetwork.Description.Name}.")
            .ValidateOnStart();
        services.TryAddSingleton<NetworkMetrics>();
        services.TryAddSingleton<NetworkService<TNetwork>>();
        services.AddHostedService<NetworkStartup<TNetwork>>();
        return services;
    }
}
