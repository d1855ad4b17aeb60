using System.Runtime.InteropServices;
using System.Text.Json;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>Writes the file that train_step.py reads; the format is described there.</summary>
internal static class TrainingFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="description">The network's shapes.</param>
    /// <param name="layers">The layers at the start.</param>
    /// <param name="batches">The batches.</param>
    public static void Write(string path, NetworkDescription description, IReadOnlyList<PeerLayer> layers, TrainingBatches batches)
    {
        using var file = File.Create(path);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(new
        {
            batch = batches.Samples,
            inputs = description.InputLength,
            outputs = description.OutputLength,
            batches = batches.Count,
            learningRate = TrainingSettings.LearningRate,
            momentum = TrainingSettings.Momentum,
            layers = layers.Select(Header),
        }));
        file.WriteByte((byte)'\n');
        foreach (var dense in layers.OfType<PeerDense>())
        {
            Write(dense.Weight);
            Write(dense.Bias);
        }

        for (var index = 0; index < batches.Count; index++)
        {
            Write(batches[index].Inputs);
            Write(batches[index].Targets);
        }

        void Write(ReadOnlySpan<float> values) => file.Write(MemoryMarshal.AsBytes(values));
    }

    private static object Header(PeerLayer layer) => layer switch
    {
        PeerDense dense => new { kind = "linear", inputs = dense.Inputs, outputs = dense.Units, bias = dense.Bias is not null },
        PeerActivation { Function: Activation.Tanh } => new { kind = "tanh" },
        PeerActivation { Function: Activation.ReLU } => new { kind = "relu" },
        PeerActivation { Function: Activation.Sigmoid } => new { kind = "sigmoid" },
        _ => throw new NotSupportedException($"{layer} is not known to train_step.py yet."),
    };
}
