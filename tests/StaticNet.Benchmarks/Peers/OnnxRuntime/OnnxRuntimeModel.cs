using StaticNet.Benchmarks.Peers.Graph;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>A network in ONNX Runtime, tied to fixed inputs and one output; a run allocates nothing and copies nothing.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly OnnxRuntimeApi _api;
    private readonly AlignedBuffer _output;
    private readonly nint _session;
    private readonly nint[] _tensors;
    private readonly nint[] _bindings;

    /// <summary>Prepares the model.</summary>
    /// <param name="api">ONNX Runtime.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The inputs that it will be run on.</param>
    public OnnxRuntimeModel(OnnxRuntimeApi api, PeerGraph network, InputSet inputs)
    {
        _api = api;
        _output = new AlignedBuffer(inputs.Samples * network.OutputLength);
        var (outputName, model) = OnnxExport.Write(network, inputs.Samples);
        _session = api.CreateSession(model);
        var output = api.CreateTensor(ref _output.Reference, Shape(network.OutputShape));
        var tensors = Enumerable.Range(0, inputs.Count)
            .Select(index => api.CreateTensor(ref inputs.Reference(index), Shape(network.InputShape)))
            .ToArray();
        _bindings = [.. tensors.Select(input => api.Bind(_session, OnnxGraph.Input, input, outputName, output))];
        _tensors = [.. tensors, output];

        long[] Shape(int[] sample) => [inputs.Samples, .. sample.Select(size => (long)size)];
    }

    /// <summary>What the last run has computed.</summary>
    public ReadOnlySpan<float> Output => _output.Span;

    /// <summary>Runs the model.</summary>
    /// <param name="input">The index of the input.</param>
    public void Run(int input) => _api.Run(_session, _bindings[input]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var binding in _bindings)
            _api.ReleaseBinding(binding);
        foreach (var tensor in _tensors)
            _api.ReleaseTensor(tensor);
        _api.ReleaseSession(_session);
    }
}
