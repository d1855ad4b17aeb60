using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Peers.PyTorch;

namespace StaticNet.Benchmarks.Peers;

/// <summary>The other programs that are on this machine.</summary>
/// <param name="OnnxRuntimeVersion">The version of ONNX Runtime, or null where it does not run.</param>
/// <param name="PyTorch">The command of a Python that has PyTorch, or null.</param>
/// <param name="PyTorchVersion">Its version, or null.</param>
internal sealed record FoundPeers(string? OnnxRuntimeVersion, string? PyTorch, string? PyTorchVersion)
{
    /// <summary>Whether ONNX Runtime runs here.</summary>
    public bool HasOnnxRuntime => OnnxRuntimeVersion is not null;

    /// <summary>The version of a peer that runs here; null for others.</summary>
    /// <param name="peer">Its name in tables and JSON.</param>
    public string? VersionOf(string peer) => peer switch
    {
        PeerNames.OnnxRuntime => OnnxRuntimeVersion,
        PeerNames.PyTorch => PyTorchVersion,
        _ => null,
    };

    /// <summary>Looks for them and prints what was found and how to get what was not.</summary>
    public static FoundPeers Find()
    {
        var onnxRuntime = OnnxRuntimeModel.Version;
        Console.WriteLine(onnxRuntime is null
            ? "ONNX Runtime has no library for this machine; it is left out."
            : $"ONNX Runtime {onnxRuntime}, one thread, all graph optimisations");
        var python = PyTorchInterpreter.Find();
        Console.WriteLine(python is null ? PyTorchInterpreter.HowToGetIt : $"PyTorch, one thread, {python.Description}");
        return new FoundPeers(onnxRuntime, python?.Command, python?.Version);
    }
}
