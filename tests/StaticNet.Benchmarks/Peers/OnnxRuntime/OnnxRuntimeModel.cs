using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StaticNet.Benchmarks.Peers.Graph;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// A network in ONNX Runtime, on one thread and with all optimisations of the graph, tied to fixed inputs and one output; a run
/// allocates nothing and copies nothing.
/// </summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly AlignedBuffer _output;
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly OrtValue[] _tensors;
    private readonly OrtIoBinding[] _bindings;

    /// <summary>Prepares the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The inputs that it will be run on.</param>
    public OnnxRuntimeModel(PeerGraph network, InputSet inputs)
    {
        _output = new AlignedBuffer(inputs.Samples * network.OutputLength);
        var (outputName, model) = OnnxExport.Write(network, inputs.Samples);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(model, options);
        var output = Tensor(ref _output.Reference, network.OutputShape);
        var tensors = Enumerable.Range(0, inputs.Count).Select(index => Tensor(ref inputs.Reference(index), network.InputShape)).ToArray();
        _bindings = [.. tensors.Select(Bind)];
        _tensors = [.. tensors, output];

        OrtIoBinding Bind(OrtValue input)
        {
            var binding = _session.CreateIoBinding();
            binding.BindInput(OnnxGraph.Input, input);
            binding.BindOutput(outputName, output);
            return binding;
        }

        OrtValue Tensor(ref float data, int[] sample)
        {
            long[] shape = [inputs.Samples, .. sample.Select(size => (long)size)];
            var bytes = shape.Aggregate((long)sizeof(float), (product, size) => product * size);
            return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, AddressOf(ref data), bytes);
        }
    }

    /// <summary>ONNX Runtime's version; null where it has no library for this machine.</summary>
    public static string? Version
    {
        get
        {
            try
            {
                return OrtEnv.Instance().GetVersionString();
            }
            catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException)
            {
                return null;
            }
        }
    }

    /// <summary>What the last run has computed.</summary>
    public ReadOnlySpan<float> Output => _output.Span;

    /// <summary>Runs the model.</summary>
    /// <param name="input">The index of the input.</param>
    public void Run(int input) => _session.RunWithBinding(_run, _bindings[input]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var binding in _bindings)
            binding.Dispose();
        foreach (var tensor in _tensors)
            tensor.Dispose();
        _session.Dispose();
        _run.Dispose();
    }

    /// <summary>The address of a buffer's first float; such a buffer never moves.</summary>
    private static unsafe nint AddressOf(ref float data) => (nint)Unsafe.AsPointer(ref data);
}
