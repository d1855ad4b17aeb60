using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Hosting;

/// <summary>A network as a service of a host, for any number of callers at the same time: all use the same weights, each its own workspace.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <remarks>
/// <c>services.AddNetwork&lt;TNetwork&gt;(…)</c> adds it as a singleton. Calls allocate nothing once there are as many instances as concurrent
/// callers, wait for nothing, and are measured (<see cref="NetworkMetrics"/>).
/// </remarks>
/// <example><code>app.MapPost("/predict", (float[] pixels, NetworkService&lt;DigitsModel&gt; digits) =&gt; digits.Predict(pixels));</code></example>
public sealed class NetworkService<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly NetworkMetrics _metrics;
    private readonly string _name = TNetwork.Description.Name;

    /// <summary>Makes the service: loads the weights and prepares instances.</summary>
    /// <param name="options">How the network is served.</param>
    /// <param name="metrics">Measures the calls.</param>
    /// <param name="environment">The host, whose content root relative paths begin at; null for the current folder.</param>
    /// <exception cref="InvalidOperationException">There are no weights: the file is missing, cannot be read, or does not fit the network.</exception>
    public NetworkService(IOptions<NetworkServiceOptions<TNetwork>> options, NetworkMetrics metrics, IHostEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        _metrics = metrics;
        var settings = options.Value;
        var path = settings.Path is { } given ? Path.Combine(environment?.ContentRootPath ?? Environment.CurrentDirectory, given) : null;
        Source = path ?? "in the program";
        Pool = new NetworkPool<TNetwork>(Load(settings.Create, path), settings.Capacity);
        Pool.Prepare(settings.PreparedInstances);
    }

    /// <summary>The pool of instances, for what has no method here: several calls with one instance (<see cref="NetworkPool{TNetwork}.Rent"/>), streams.
    /// Such calls are not measured.</summary>
    public NetworkPool<TNetwork> Pool { get; }

    /// <summary>Where the weights are from: the full path of the file, or "in the program".</summary>
    public string Source { get; }

    /// <summary>Computes the output of one sample, in the user's numbers.</summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        using var call = _metrics.Begin(_name);
        Pool.Forward(input, output);
        call.Computed(1);
    }

    /// <summary>Computes the outputs of many samples, in the user's numbers.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        using var call = _metrics.Begin(_name);
        Pool.ForwardBatch(inputs, outputs, count);
        call.Computed(count);
    }

    /// <summary>Computes the outputs of one sample or many, in the user's numbers, in an array of their own.</summary>
    /// <param name="inputs">[count × InputLength], at least one sample.</param>
    /// <returns>[count × OutputLength].</returns>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or none.</exception>
    public float[] Predict(params ReadOnlySpan<float> inputs)
    {
        var count = inputs.Length / TNetwork.InputLength;
        if (count == 0 || inputs.Length % TNetwork.InputLength != 0)
            throw new ArgumentException($"Expected samples of {TNetwork.InputLength} numbers for {_name}, one or more; there are {inputs.Length} numbers.", nameof(inputs));
        var outputs = new float[count * TNetwork.OutputLength];
        if (count == 1)
            Forward(inputs, outputs);
        else
            ForwardBatch(inputs, outputs, count);
        return outputs;
    }

    private TNetwork Load(Func<TNetwork>? create, string? path)
    {
        // Where a file is to be loaded, what the network begins with does not matter.
        var network = create is null ? TNetwork.Create(0) : create() ?? throw new InvalidOperationException($"Expected {_name} from {nameof(NetworkServiceOptions<TNetwork>.Create)}, but got null.");
        if (path is null)
            return create is not null && network.Weights.AreSet ? network : throw new InvalidOperationException($"Expected weights for {_name}: name a file, or make a network that has some.");
        try
        {
            if (path.EndsWith(".baked", StringComparison.OrdinalIgnoreCase))
                network.LoadBaked(path);
            else
                network.LoadSafetensors(path);
            return network;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidOperationException($"Expected the weights of {_name} in {path}, but there is no such file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SafetensorsException or DataFormatException or ArgumentException)
        {
            throw new InvalidOperationException($"The weights of {_name} in {path} cannot be used: {exception.Message}", exception);
        }
    }
}
