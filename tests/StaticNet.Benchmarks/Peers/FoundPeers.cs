using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Peers.PyTorch;

namespace StaticNet.Benchmarks.Peers;

/// <summary>The other programs that are on this machine.</summary>
/// <param name="HasOnnxRuntime">Whether ONNX Runtime runs here.</param>
/// <param name="PyTorch">The command of a Python that has PyTorch, or null.</param>
internal sealed record FoundPeers(bool HasOnnxRuntime, string? PyTorch)
{
    /// <summary>Looks for them and prints what was found and how to get what was not.</summary>
    public static FoundPeers Find()
    {
        var onnxRuntime = OnnxRuntimeModel.Version;
        Console.WriteLine(onnxRuntime is null
            ? "ONNX Runtime has no library for this machine; it is left out."
            : $"ONNX Runtime {onnxRuntime}, one thread, all graph optimisations");
        Console.WriteLine(PyTorchInterpreter.TryFind(out var python, out var description) ? description : PyTorchInterpreter.HowToGetIt);
        return new FoundPeers(onnxRuntime is not null, python);
    }
}
