using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using StaticNet.Hosting;

namespace DigitsWeb;

/// <summary>Asks the program as fast as it answers, over several connections, and prints how it does.</summary>
internal static class LoadTest
{
    public static async Task<int> RunAsync(WebApplication app, Options options)
    {
        using var network = new CallTimes();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections }) { BaseAddress = new Uri(app.Urls.First()) };
        var pixels = Enumerable.Range(0, DigitsModel.InputLength).Select(pixel => (float)(pixel % 17)).ToArray();
        await AskAsync(client, pixels);

        var clock = Stopwatch.StartNew();
        var asking = Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => AskUntilAsync(client, pixels, clock, TimeSpan.FromSeconds(options.LoadSeconds))));
        var milliseconds = (await Task.WhenAll(asking)).SelectMany(times => times).Order().ToArray();
        var seconds = clock.Elapsed.TotalSeconds;

        Console.WriteLine($"{options.Connections} connections, {seconds:F1} s, {milliseconds.Length:N0} requests: {milliseconds.Length / seconds:N0} per second");
        Console.WriteLine($"latency: p50 {At(milliseconds, 0.5):F2} ms, p99 {At(milliseconds, 0.99):F2} ms, p99.9 {At(milliseconds, 0.999):F2} ms, longest {milliseconds[^1]:F2} ms");
        Console.WriteLine($"the network's part: {network.Count:N0} calls, {network.MeanMicroseconds:F1} µs each");
        return 0;
    }

    private static async Task<List<double>> AskUntilAsync(HttpClient client, float[] pixels, Stopwatch clock, TimeSpan end)
    {
        var times = new List<double>();
        while (clock.Elapsed < end)
        {
            var begin = Stopwatch.GetTimestamp();
            await AskAsync(client, pixels);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return times;
    }

    private static async Task AskAsync(HttpClient client, float[] pixels)
    {
        using var response = await client.PostAsJsonAsync("/digit", pixels);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"The service answered {(int)response.StatusCode}.");
        await response.Content.ReadAsByteArrayAsync();
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];

    /// <summary>Listens to what the network's service measures, as a collector of metrics does.</summary>
    private sealed class CallTimes : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _lock = new();
        private double _seconds;

        public CallTimes()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == NetworkMetrics.MeterName && instrument is Histogram<double>)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
            {
                lock (_lock)
                    (Count, _seconds) = (Count + 1, _seconds + seconds);
            });
            _listener.Start();
        }

        public int Count { get; private set; }

        public double MeanMicroseconds => _seconds / Math.Max(Count, 1) * 1e6;

        public void Dispose() => _listener.Dispose();
    }
}
