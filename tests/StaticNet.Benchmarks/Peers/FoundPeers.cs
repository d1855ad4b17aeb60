using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Peers.PyTorch;

namespace StaticNet.Benchmarks.Peers;

/// <summary>The other programs that are on this machine.</summary>
/// <param name="OnnxRuntime">ONNX Runtime, or null.</param>
/// <param name="PyTorch">The command of a Python that has PyTorch, or null.</param>
internal sealed record FoundPeers(OnnxRuntimeApi? OnnxRuntime, string? PyTorch)
{
    /// <summary>Looks for them and prints what was found and how to get what was not.</summary>
    public static FoundPeers Find()
    {
        Console.WriteLine(OnnxRuntimeLibrary.TryLoad(out var onnxRuntime)
            ? $"ONNX Runtime {onnxRuntime.Version}, C API, one thread, all graph optimisations"
            : OnnxRuntimeLibrary.HowToGetIt);
        Console.WriteLine(PyTorchInterpreter.TryFind(out var python, out var description) ? description : PyTorchInterpreter.HowToGetIt);
        return new FoundPeers(onnxRuntime, python);
    }
}
