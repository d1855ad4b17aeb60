using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace StaticNet.Hosting.Tests;

/// <summary>The sample, as a program: its service, its page in a browser, its load test.</summary>
public sealed partial class DigitsWebTests(ITestOutputHelper output)
{
    private static readonly string Sample = Path.GetFullPath(typeof(DigitsWebTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "DigitsWeb").Value!);

    [Fact]
    public async Task The_service_answers_digits_and_refuses_what_is_none()
    {
        using var service = DigitsWebProcess.Start(Sample);
        using var client = new HttpClient { BaseAddress = service.Address };

        Assert.Equal("Healthy", await client.GetStringAsync("health"));
        var page = await client.GetStringAsync("");
        Assert.DoesNotMatch(ElsewhereRegex(), page);
        using var answer = await client.PostAsJsonAsync("digit", new float[64]);
        var probabilities = (await answer.Content.ReadFromJsonAsync<Answer>())!.Probabilities;
        Assert.Equal(1, probabilities.Sum(), 1e-5);
        Assert.Equal(10, probabilities.Length);
        using var wrong = await client.PostAsJsonAsync("digit", new float[63]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("Expected 64 numbers from 0 to 16", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public void A_digit_that_is_drawn_in_a_browser_is_recognised()
    {
        using var service = DigitsWebProcess.Start(Sample);

        Assert.Equal("0", Drawn(service.Address, string.Join(',', Enumerable.Range(0, 25).Select(point => FormattableString.Invariant($"{0.5 + (0.22 * Math.Sin(point * Math.Tau / 24)):F3},{0.5 - (0.4 * Math.Cos(point * Math.Tau / 24)):F3}")))));
        Assert.Equal("1", Drawn(service.Address, "0.4,0.25,0.52,0.1,0.52,0.9"));
    }

    [Fact]
    public void The_load_test_prints_its_figures()
    {
        var (exitCode, text) = DigitsWebProcess.Run("dotnet", Sample, "--load", "1", "--connections", "4");

        output.WriteLine(text);
        Assert.Equal(0, exitCode);
        Assert.Matches(@"4 connections, \d+\.\d s, [\d,]+ requests: [\d,]+ per second", text);
        Assert.Matches(@"latency: p50 \d+\.\d\d ms, p99 \d+\.\d\d ms, p99\.9 \d+\.\d\d ms", text);
        Assert.Matches(@"the network's part: [\d,]+ calls", text);
    }

    [Fact]
    public void It_ends_with_a_line_where_there_are_no_weights()
    {
        var (exitCode, text) = DigitsWebProcess.Run("dotnet", Sample, "--port", "0", "--weights", "none.safetensors");

        Assert.Equal(1, exitCode);
        Assert.Equal($"Expected the weights of DigitsModel in {Path.Combine(Path.GetDirectoryName(Sample)!, "none.safetensors")}, but there is no such file.", text.Trim());
    }

    private string Drawn(Uri address, string strokes)
    {
        var (_, dom) = DigitsWebProcess.Run(
            ChromiumFactAttribute.Browser!, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=20000", "--dump-dom", $"{address}?strokes={strokes}");
        output.WriteLine(dom);
        return DigitRegex().Match(dom).Groups[1].Value;
    }

    [GeneratedRegex("""(src|href)="(?!data:)|https?://|@import|url\(""")]
    private static partial Regex ElsewhereRegex();

    [GeneratedRegex("""<div id="digit"[^>]*>(.*?)</div>""")]
    private static partial Regex DigitRegex();

    private sealed record Answer(int Digit, float[] Probabilities);
}

/// <summary>The sample while it serves.</summary>
internal sealed class DigitsWebProcess : IDisposable
{
    private readonly Process _process;

    private DigitsWebProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static DigitsWebProcess Start(string program)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--port", "0"]) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadLine() ?? "";
        return new DigitsWebProcess(process, new Uri(line.Split(' ').Single(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd(';')));
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? text : text + errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}

/// <summary>A test that needs a browser.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public static readonly string? Browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public ChromiumFactAttribute()
    {
        if (Browser is null)
            Skip = "There is no Chromium, in which the page is tried.";
    }
}
