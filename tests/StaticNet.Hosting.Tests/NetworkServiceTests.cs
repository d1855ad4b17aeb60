using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StaticNet.Networks;

namespace StaticNet.Hosting.Tests;

/// <summary>Networks as services of a host.</summary>
public sealed class NetworkServiceTests : IDisposable
{
    private static readonly float[] Flower = [5.1f, 3.5f, 1.4f, 0.2f];

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("iris.safetensors")]
    [InlineData("iris.baked")]
    public async Task Requests_at_the_same_time_get_what_the_network_of_the_file_computes(string file)
    {
        var network = new Iris(3);
        network.SaveSafetensors(Path.Combine(_folder, "iris.safetensors"));
        network.SaveBaked(Path.Combine(_folder, "iris.baked"));
        var expected = new float[Iris.OutputLength];
        network.Forward(Flower, expected);
        var ofTwo = new float[2 * Iris.OutputLength];
        network.ForwardBatch([.. Flower, .. Flower], ofTwo, 2);

        using var host = await StartAsync(services => services.AddNetwork<IrisInference>(file, options => options.PreparedInstances = 2));

        var service = host.Services.GetRequiredService<NetworkService<IrisInference>>();
        Assert.Equal(Path.Combine(_folder, file), service.Source);
        Parallel.For(0, 200, _ =>
        {
            Assert.Equal(expected, service.Predict(Flower));
            var output = new float[IrisInference.OutputLength];
            service.Forward(Flower, output);
            Assert.Equal(expected, output);
        });
        Assert.Equal(ofTwo, service.Predict([.. Flower, .. Flower]));
        Assert.Contains("there are 5 numbers", Assert.Throws<ArgumentException>(() => service.Predict(1, 2, 3, 4, 5)).Message, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_network_that_has_its_weights_needs_no_file()
    {
        using var host = await StartAsync(services => services.AddNetwork(() => new Iris(3)));

        Assert.Equal("in the program", host.Services.GetRequiredService<NetworkService<Iris>>().Source);
    }

    [Fact]
    public async Task A_host_does_not_start_without_weights_that_fit()
    {
        new Mlp64x64x64x8(1).SaveSafetensors(Path.Combine(_folder, "other.safetensors"));
        File.WriteAllText(Path.Combine(_folder, "text.safetensors"), "no file of weights");
        File.WriteAllText(Path.Combine(_folder, "text.baked"), "no file of weights");

        Assert.Equal($"Expected the weights of IrisInference in {Path.Combine(_folder, "none.safetensors")}, but there is no such file.", await FaultAsync("none.safetensors"));
        Assert.Contains("other.safetensors does not fit IrisInference. Tensors unexpected: dense3.weight, dense3.bias. Tensors of another shape: dense1.weight (expected [16, 4], got [64, 64])", await FaultAsync("other.safetensors"), StringComparison.Ordinal);
        Assert.StartsWith($"The weights of IrisInference in {Path.Combine(_folder, "text.safetensors")} cannot be used: ", await FaultAsync("text.safetensors"), StringComparison.Ordinal);
        Assert.Contains("expected a file of baked weights; it does not begin as one", await FaultAsync("text.baked"), StringComparison.Ordinal);
        Assert.Equal(
            "Expected weights for IrisInference: name a file, or make a network that has some.",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(services => services.AddNetwork(() => new IrisInference())))).Message);
    }

    [Fact]
    public async Task A_network_without_a_file_never_begins_with_random_weights()
    {
        var message = (await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(services => services.AddNetwork<Iris>("iris.safetensors", options => options.Path = null)))).Message;

        Assert.Equal("Expected weights for Iris: name a file, or make a network that has some.", message);
    }

    [Fact]
    public async Task What_is_added_last_counts()
    {
        using var host = await StartAsync(services => services.AddNetwork<Iris>("none.safetensors").AddNetwork(() => new Iris(1)));

        var expected = new float[Iris.OutputLength];
        new Iris(1).Forward(Flower, expected);
        Assert.Equal(expected, host.Services.GetRequiredService<NetworkService<Iris>>().Predict(Flower));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_refused_at_start()
    {
        var capacity = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(services => services.AddNetwork(() => new Iris(1), options => options.Capacity = -1)));
        Assert.Contains("Expected a capacity of 0 or more for Iris.", capacity.Failures);
        var prepared = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(services => services.AddNetwork(() => new Iris(1), options => (options.Capacity, options.PreparedInstances) = (2, 3))));
        Assert.Equal(["Expected 0 prepared instances up to the capacity for Iris."], prepared.Failures);
    }

    [Fact]
    public async Task A_health_check_says_whether_outputs_are_finite()
    {
        var network = new Iris(3);
        using var host = await StartAsync(services =>
        {
            services.AddNetwork(() => network);
            services.AddHealthChecks().AddNetwork<Iris>(tags: ["ready"]);
        });
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        var healthy = await checks.CheckHealthAsync(check => check.Tags.Contains("ready"));
        network.Weights.Edit().Fill(float.NaN);
        var unhealthy = await checks.CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, healthy.Status);
        Assert.Equal(Iris.ParameterTable.Count, healthy.Entries["Iris"].Data["parameters"]);
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
        Assert.Equal("Iris computes numbers that are not finite.", unhealthy.Entries["Iris"].Description);
    }

    [Fact]
    public async Task Calls_are_measured_by_network()
    {
        using var host = await StartAsync(services => services.AddNetwork(() => new Iris(3)));
        var (samples, active, durations) = (0L, new List<int>(), new List<double>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests have hosts of their own, at the same time.
                if (instrument.Meter.Name == NetworkMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, host.Services.GetRequiredService<IMeterFactory>()))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => samples += NetworkOf(tags) == "Iris" ? value : 0);
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => active.Add(value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => durations.Add(value));
        listener.Start();
        var service = host.Services.GetRequiredService<NetworkService<Iris>>();

        service.Predict([.. Flower, .. Flower, .. Flower]);
        service.Forward(Flower, new float[3]);
        Assert.Throws<ArgumentException>(() => service.Forward([1], new float[3]));

        Assert.Equal(4, samples);
        Assert.Equal([1, -1, 1, -1, 1, -1], active);
        Assert.Equal(3, durations.Count);
        Assert.All(durations, seconds => Assert.InRange(seconds, 0, 60));
    }

    private static string? NetworkOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags is [{ Key: "network" } tag] ? (string?)tag.Value : null;

    private async Task<string> FaultAsync(string file) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(services => services.AddNetwork<IrisInference>(file)))).Message;

    private async Task<IHost> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder, DisableDefaults = true });
        configure(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
