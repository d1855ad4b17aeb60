namespace StaticNet.Benchmarks.Peers;

/// <summary>What the programs that run here are called in tables and JSON.</summary>
internal static class PeerNames
{
    /// <summary>ONNX Runtime.</summary>
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>PyTorch.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>Ourselves on one thread.</summary>
    public const string OneThread = "one thread";

    /// <summary>Nothing that was found does the same.</summary>
    public const string None = "none";
}
