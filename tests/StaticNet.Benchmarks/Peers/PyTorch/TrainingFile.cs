using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using StaticNet.Benchmarks.Peers.Graph;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>Writes the file that train_step.py reads; the format is described there.</summary>
internal static class TrainingFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="network">The network at the start.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="batches">The batches.</param>
    /// <exception cref="NotSupportedException">train_step.py does not know the loss or a layer.</exception>
    public static void Write(string path, PeerGraph network, LossKind loss, TrainingSettings settings, TrainingBatches batches)
    {
        using var file = File.Create(path);
        var layers = network.Layers.Where(layer => layer is not PeerInput).ToArray();
        file.Write(JsonSerializer.SerializeToUtf8Bytes(new
        {
            batch = batches.Samples,
            inputs = network.InputShape,
            targets = loss == LossKind.SoftmaxCrossEntropy ? [] : network.OutputShape,
            loss = NameOf(loss),
            batches = batches.Count,
            optimizer = settings.UsesAdam ? "adam" : "sgd",
            learningRate = settings.LearningRate,
            momentum = TrainingSettings.Momentum,
            layers = layers.Select(Header),
        }));
        file.WriteByte((byte)'\n');
        foreach (var tensor in layers.SelectMany(layer => layer.Tensors))
            Write(tensor.Values);
        for (var index = 0; index < batches.Count; index++)
        {
            Write(batches[index].Inputs);
            Write(batches[index].Targets);
        }

        void Write(ReadOnlySpan<float> values) => file.Write(MemoryMarshal.AsBytes(values));
    }

    private static JsonObject Header(PeerLayer layer)
    {
        var (kind, arguments) = Describe(layer);
        var header = JsonSerializer.SerializeToNode(arguments)!.AsObject();
        header["kind"] = kind;
        header["sources"] = JsonSerializer.SerializeToNode(layer.Sources);
        header["tensors"] = JsonSerializer.SerializeToNode(layer.Tensors.Select(tensor => tensor.Shape));
        return header;
    }

    private static (string Kind, object Arguments) Describe(PeerLayer layer) => layer switch
    {
        PeerDense => ("linear", new { }),
        PeerRecurrent { Cell: PeerCell.Gru } => ("gru", new { }),
        PeerRecurrent { Cell: PeerCell.Lstm } => ("lstm", new { }),
        PeerConvolution { Window: var window } convolution => (
            "convolution",
            new
            {
                strides = window.Strides,
                dilations = window.Dilations,
                begins = window.Begins,
                ends = window.Ends,
                groups = convolution.Groups,
            }),
        PeerTransposedConvolution { Window: var window } transposed => (
            "transposed_convolution",
            new
            {
                strides = window.Strides,
                dilations = window.Dilations,
                begins = window.Begins,
                ends = window.Ends,
                groups = transposed.Groups,
                outputPadding = transposed.OutputPadding,
            }),
        PeerPool { Window: var window } pool => (
            pool.Maximum ? "max_pool" : "average_pool",
            new
            {
                kernel = window.Kernel,
                strides = window.Strides,
                dilations = window.Dilations,
                begins = window.Begins,
                ends = window.Ends,
                ceiling = pool.Ceiling,
                countsPadding = pool.CountsPadding,
            }),
        PeerGlobalPool pool => (
            "global_pool", new { maximum = pool.Maximum, axes = Enumerable.Range(2, pool.Shape.Length - 1) }),
        PeerBatchNorm norm => (
            "batch_norm", new { epsilon = norm.Epsilon, momentum = double.IsNaN(norm.Momentum) ? (double?)null : norm.Momentum }),
        PeerActivation { Function: Activation.Tanh } => ("tanh", new { }),
        PeerActivation { Function: Activation.ReLU } => ("relu", new { }),
        PeerActivation { Function: Activation.Sigmoid } => ("sigmoid", new { }),
        PeerActivation { Function: Activation.Softmax } => ("softmax", new { }),
        PeerDropout dropout => ("dropout", new { rate = dropout.Rate }),
        PeerReshape => ("reshape", new { shape = layer.Shape }),
        PeerAdd => ("add", new { }),
        PeerConcat concat => ("concat", new { axis = concat.Axis + 1 }),
        _ => throw new NotSupportedException($"{layer} is not known to train_step.py yet."),
    };

    private static string NameOf(LossKind loss) => loss switch
    {
        LossKind.SoftmaxCrossEntropy => "cross_entropy",
        LossKind.MeanSquaredError => "mean_squared_error",
        _ => throw new NotSupportedException($"{loss} is not known to train_step.py yet."),
    };
}
