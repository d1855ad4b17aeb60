using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace StaticNet.Benchmarks.Kernels;

/// <summary>Runs BenchmarkDotNet, in this process: its own projects would have to restore packages first.</summary>
internal static class KernelsMode
{
    /// <summary>Runs the benchmarks.</summary>
    /// <param name="arguments">BenchmarkDotNet's own arguments.</param>
    public static int Run(string[] arguments)
    {
        var types = BenchmarkNetwork.All.Select(network => network.KernelBenchmarks).OfType<Type>().Distinct().ToArray();
        var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes(types).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, config);
        return 0;
    }
}
