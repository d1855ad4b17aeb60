using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StaticNet.Exporting;

namespace StaticNet.Tool;

/// <summary>A model in ONNX Runtime, on one thread, with the inputs and outputs of a network.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly NetworkDescription _network;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly NamedOnnxValue[] _constants;

    /// <summary>Loads a model from a file.</summary>
    /// <param name="file">The file, with what it refers to next to it.</param>
    /// <param name="network">The network that it is compared with.</param>
    /// <param name="ports">Which inputs and outputs of the model are meant.</param>
    /// <exception cref="ExportException">ONNX Runtime refuses it, or its inputs and outputs are not those of the network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public OnnxModel(FileInfo file, NetworkDescription network, OnnxPorts ports)
        : this(options => new InferenceSession(file.Exists ? file.FullName : throw new FileNotFoundException($"Expected an ONNX model, but {file.FullName} does not exist."), options), file.Name, network, ports)
    {
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of the model.</param>
    /// <param name="network">The network that was exported as this model.</param>
    /// <exception cref="ExportException">ONNX Runtime refuses it.</exception>
    public OnnxModel(byte[] model, NetworkDescription network)
        : this(options => new InferenceSession(model, options), "the exported model", network, OnnxPorts.All)
    {
    }

    private OnnxModel(Func<SessionOptions, InferenceSession> load, string name, NetworkDescription network, OnnxPorts ports)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            _session = load(options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ExportException($"ONNX Runtime does not load {name}: {e.Message}");
        }

        _network = network;
        _constants = [.. ports.Constants.Select(constant => Constant(name, constant.Key, constant.Value))];
        _inputs = Matched("input", name, network.Inputs, network.Steps, _session.InputMetadata, [.. _session.InputNames.Except(ports.Constants.Keys)]);
        _outputs = Matched("output", name, network.Outputs, network.OutputSteps, _session.OutputMetadata, ports.Outputs.Count > 0 ? [.. ports.Outputs] : [.. _session.OutputNames]);
    }

    /// <summary>Computes the outputs of a sample.</summary>
    /// <param name="sample">The floats of all inputs in the order of the network.</param>
    /// <returns>The floats of each output.</returns>
    /// <exception cref="ExportException">ONNX Runtime refuses the sample, or gives outputs of another length.</exception>
    public float[][] Run(ReadOnlySpan<float> sample)
    {
        using var results = Results(Inputs(sample));
        float[][] outputs = [.. results.Select(result => ((DenseTensor<float>)result.Value).Buffer.ToArray())];
        foreach (var (name, output, port) in _outputs.Zip(outputs, _network.Outputs))
        {
            if (output.Length != _network.OutputSteps * port.Length)
                throw new ExportException($"Expected {_network.OutputSteps * port.Length} floats in the output {name}, as many as {port.Name} has, but the model gave {output.Length}.");
        }

        return outputs;
    }

    /// <summary>Computes what is thrown away.</summary>
    /// <param name="inputs">A sample, as <see cref="Inputs"/> divides it.</param>
    /// <exception cref="ExportException">ONNX Runtime refuses the sample.</exception>
    public void Compute(NamedOnnxValue[] inputs)
    {
        using var results = Results(inputs);
    }

    /// <summary>Divides a sample into the inputs of the model.</summary>
    public NamedOnnxValue[] Inputs(ReadOnlySpan<float> sample)
    {
        var (inputs, steps) = (new NamedOnnxValue[_inputs.Length + _constants.Length], _network.Steps);
        _constants.CopyTo(inputs, _inputs.Length);
        var stepLength = sample.Length / steps;
        for (var index = 0; index < _inputs.Length; index++)
        {
            var port = _network.Inputs[index];
            var values = new float[steps * port.Length];
            for (var step = 0; step < steps; step++)
                sample.Slice((step * stepLength) + port.Offset, port.Length).CopyTo(values.AsSpan(step * port.Length));
            inputs[index] = NamedOnnxValue.CreateFromTensor(_inputs[index], new DenseTensor<float>(values, ShapeOf(_session.InputMetadata[_inputs[index]], values.Length)!));
        }

        return inputs;
    }

    public void Dispose() => _session.Dispose();

    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Results(NamedOnnxValue[] inputs)
    {
        try
        {
            return _session.Run(inputs, _outputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ExportException($"ONNX Runtime does not run the model: {e.Message}");
        }
    }

    /// <summary>The names in the model: the same as in the network or, if the model has others, those in the same places.</summary>
    private static string[] Matched(string what, string name, ImmutableArray<PortDescription> ports, int steps, IReadOnlyDictionary<string, NodeMetadata> all, string[] names)
    {
        string[] found = ports.All(port => names.Contains(port.Name)) ? [.. ports.Select(port => port.Name)] : names;
        if (found.Length != ports.Length || Array.Exists(found, key => !all.ContainsKey(key)))
            throw new ExportException($"Expected {ports.Length} {what}{(ports.Length == 1 ? "" : "s")} of {name} for {string.Join(", ", ports.Select(port => port.Name))}, but got {string.Join(", ", names)}. It has {string.Join(", ", all.Keys)}: choose with --{what}.");
        string[] problems = [.. found.Zip(ports, (key, port) => Fault(key, all[key], steps * port.Length)).OfType<string>()];
        return problems.Length == 0 ? found : throw new ExportException(problems);

        string? Fault(string key, NodeMetadata port, int length) =>
            !port.IsTensor || port.ElementDataType != TensorElementType.Float ? $"Expected floats in the {what} {key} of {name}, but it has {(port.IsTensor ? port.ElementDataType.ToString() : port.OnnxValueType.ToString())}."
            : ShapeOf(port, length) is null ? $"Expected {length} floats in the {what} {key} of {name}, but it has the shape [{string.Join(", ", port.Dimensions)}]."
            : null;
    }

    /// <summary>An input with the same number in all elements.</summary>
    private NamedOnnxValue Constant(string model, string name, float number)
    {
        if (!_session.InputMetadata.TryGetValue(name, out var port))
            throw new ExportException($"Expected an input of {model} after --input, but got {name}. It has {string.Join(", ", _session.InputNames)}.");
        int[] shape = [.. port.Dimensions.Select(size => Math.Max(size, 1))];
        return !port.IsTensor ? throw NotANumber() : port.ElementDataType switch
        {
            TensorElementType.Float => Filled(number),
            TensorElementType.Double => Filled((double)number),
            TensorElementType.Int64 => Filled((long)number),
            TensorElementType.Int32 => Filled((int)number),
            TensorElementType.Bool => Filled(number != 0),
            _ => throw NotANumber(),
        };

        NamedOnnxValue Filled<T>(T value)
        {
            var tensor = new DenseTensor<T>(shape);
            tensor.Buffer.Span.Fill(value);
            return NamedOnnxValue.CreateFromTensor(name, tensor);
        }

        ExportException NotANumber() => new($"Expected an input of numbers after --input, but {name} of {model} has another type.");
    }

    /// <summary>The shape with what is open: the first axis is a batch of 1, and the last one that is open has the elements that are left. Null if they do not fit.</summary>
    private static int[]? ShapeOf(NodeMetadata port, int length)
    {
        int[] shape = [.. port.Dimensions.Select(size => size < 0 ? 1 : size)];
        var open = Array.FindLastIndex(port.Dimensions, size => size < 0);
        if (open > 0 && Product(shape) is > 0 and var rest)
            shape[open] = length / rest;
        return Product(shape) == length ? shape : null;
    }

    private static int Product(IEnumerable<int> sizes) => sizes.Aggregate(1, (product, size) => product * size);
}
