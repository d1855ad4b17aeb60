using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StaticNet.Hosting;

/// <summary>What networks measure of their calls, under the meter <see cref="MeterName"/>. Each measurement has the tag <c>network</c>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>staticnet.samples</c></term><description>a counter: the samples that were computed</description></item>
/// <item><term><c>staticnet.call.duration</c></term><description>a histogram, in seconds: how long calls took, waiting for nothing else</description></item>
/// <item><term><c>staticnet.calls.active</c></term><description>the calls that run now</description></item>
/// </list>
/// A call measures nothing, and takes no time for that, unless a listener has subscribed.
/// </remarks>
public sealed class NetworkMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "StaticNet.Hosting";

    private const string Tag = "network";

    private readonly Counter<long> _samples;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<int> _active;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public NetworkMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _samples = meter.CreateCounter<long>("staticnet.samples", "{sample}", "The samples that networks have computed.");
        _duration = meter.CreateHistogram<double>("staticnet.call.duration", "s", "How long calls of networks took.");
        _active = meter.CreateUpDownCounter<int>("staticnet.calls.active", "{call}", "The calls of networks that run now.");
    }

    /// <summary>Begins a call.</summary>
    /// <param name="network">The network's name.</param>
    internal Call Begin(string network)
    {
        var isActive = _active.Enabled;
        if (isActive)
            _active.Add(1, new KeyValuePair<string, object?>(Tag, network));
        return new Call(this, network, isActive, _duration.Enabled ? Stopwatch.GetTimestamp() : 0);
    }

    /// <summary>A call that runs.</summary>
    internal readonly struct Call(NetworkMetrics metrics, string network, bool isActive, long start) : IDisposable
    {
        /// <summary>Says that samples have been computed.</summary>
        public void Computed(int samples) => metrics._samples.Add(samples, new KeyValuePair<string, object?>(Tag, network));

        /// <summary>Ends the call.</summary>
        public void Dispose()
        {
            var tag = new KeyValuePair<string, object?>(Tag, network);
            if (isActive)
                metrics._active.Add(-1, tag);
            if (start != 0)
                metrics._duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tag);
        }
    }
}
