using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.PyTorch;

/// <summary>The tensors of one module: what it is follows from their names and shapes.</summary>
/// <param name="name">Its name, which the names of its tensors begin with.</param>
/// <param name="parent">Where it is, for messages.</param>
internal sealed class PyTorchModule(string name, Entry parent)
{
    private readonly Dictionary<string, Tensor?> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public Dictionary<string, Entry> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The kind of a recurrent module; null if it is not one.</summary>
    public string? Cell { get; private set; }

    private string Where => Name.Length > 0 ? Name : parent.Where;

    private Problems Problems => parent.Problems;

    /// <summary>The channels that it takes.</summary>
    public int InputChannels(AudioImportOptions options) => (Find("weight_ih_l0") ?? Find("weight")) switch
    {
        { Rank: 2 } matrix => Math.Clamp(matrix.Shape[1], 1, Limits.MostChannels),
        { Rank: 3 } kernel => (int)Math.Clamp((long)kernel.Shape[1] * options.Groups, 1, Limits.MostChannels),
        { Rank: 1 } vector => Math.Clamp(vector.Shape[0], 1, Limits.MostChannels),
        _ => 1,
    };

    public DraftValue Add(NetworkDraft draft, DraftValue input, AudioImportOptions options)
    {
        var weight = Find("weight");
        var output = Tensors.ContainsKey("weight_ih_l0") ? Recurrent(draft, input, options)
            : weight is { Rank: 2 } ? Dense(draft, input, weight)
            : weight is { Rank: 3 } ? Convolution(draft, input, weight, options)
            : Tensors.ContainsKey("running_mean") ? BatchNorm(draft, input)
            : weight is { Rank: 1 } && Tensors.Count == 1 ? PReLU(draft, input, weight)
            : Unknown(input);
        foreach (var (tensor, entry) in Tensors.Where(pair => !_used.Contains(pair.Key)))
            Problems.Unsupported(entry.Where, entry.Shown, $"\"{tensor}\" is not a tensor of a module that is known", "Use LSTM, GRU, RNN, Linear, Conv1d, BatchNorm1d and PReLU");
        return output;
    }

    private static DraftValue Unknown(DraftValue input) => input;

    private DraftValue Recurrent(NetworkDraft draft, DraftValue input, AudioImportOptions options)
    {
        if (options.Oversampling > 1)
            Problems.Unsupported(Where, string.Create(CultureInfo.InvariantCulture, $"recurrent layers at {options.Oversampling} times their sample rate"), "the steps of recurrent layers cannot be changed", "Import them without oversampling, and run them with InterleavedStream");
        var value = input;
        for (var layer = 0; Tensors.ContainsKey(Of("weight_ih", layer)); layer++)
        {
            if (Find(Of("weight_ih", layer)) is not { Rank: 2 } kernel || Require(Of("weight_hh", layer)) is not { Rank: 2 } recurrent || recurrent.Shape[1] == 0)
                return Damaged(value, "weights [gates · units, inputs] and [gates · units, units] are expected here");
            if (Tensors.ContainsKey(Of("weight_hr", layer)))
            {
                Problems.Unsupported(Where, "LSTMs with projections (proj_size)", "no amplifier's capture has them", "Declare the class with [LSTM(…, Projection = …)], and load the state dict with WeightMap.PyTorch");
                return value;
            }

            var (rows, units) = (recurrent.Shape[0], recurrent.Shape[1]);
            var (cell, kind) = (rows / units) switch
            {
                1 => ("RNN", "simpleRNN"),
                3 => ("GRU", "gru"),
                _ => ("LSTM", "lstm"),
            };
            Cell = cell;
            if (rows % units != 0 || rows / units is not (1 or 3 or 4) || kernel.Shape[0] != rows || kernel.Shape[1] != value.Channels)
                return Damaged(value, string.Create(CultureInfo.InvariantCulture, $"weights {kernel} and {recurrent} do not fit an input of {value.Channels} channels"));
            var biases = Tensors.ContainsKey(Of("bias_ih", layer));
            var attribute = new AttributeDeclaration(cell == "RNN" ? "SimpleRNN" : cell, units).With("Bias", biases, true).With("RecurrentBias", biases, cell == "GRU");
            (value, var node) = draft.Add(attribute, kind, null, value, new DraftSize(units));
            NetworkDraft.AddParameter(node, "weight_ih", [rows, kernel.Shape[1]], kernel.Values);
            NetworkDraft.AddParameter(node, "weight_hh", [rows, units], recurrent.Values);
            foreach (var bias in biases ? new[] { "bias_ih", "bias_hh" } : [])
                NetworkDraft.AddParameter(node, bias, [rows], Vector(Of(bias, layer), rows));
        }

        return value;

        static string Of(string tensor, int layer) => string.Create(CultureInfo.InvariantCulture, $"{tensor}_l{layer}");
    }

    private DraftValue Dense(NetworkDraft draft, DraftValue input, Tensor weight) => weight.Shape[1] == input.Channels && weight.Shape[0] > 0
        ? draft.Dense(null, input, new DraftSize(weight.Shape[0]), weight.Values, Bias(weight.Shape[0]))
        : Damaged(input, string.Create(CultureInfo.InvariantCulture, $"a weight {weight} does not fit an input of {input.Channels} channels"));

    private DraftValue Convolution(NetworkDraft draft, DraftValue input, Tensor weight, AudioImportOptions options)
    {
        var (filters, channels, taps, groups) = (weight.Shape[0], weight.Shape[1], weight.Shape[2], options.Groups);
        if ((long)channels * groups != input.Channels || filters == 0 || filters % groups != 0 || taps is < 1 or > Limits.MostTaps)
            return Damaged(input, string.Create(CultureInfo.InvariantCulture, $"a weight {weight} in {groups} groups does not fit an input of {input.Channels} channels"));
        return taps == 1 && groups == 1
            ? draft.Dense(null, input, new DraftSize(filters), weight.Values, Bias(filters))
            : draft.CausalConvolution(null, input, new DraftSize(filters), taps, options.Dilation * options.Oversampling, groups, weight.Values, Bias(filters));
    }

    private DraftValue BatchNorm(NetworkDraft draft, DraftValue input)
    {
        var (channels, isAffine) = (input.Channels, Tensors.ContainsKey("weight"));
        _used.Add("num_batches_tracked");
        _used.Add("eps");
        var epsilon = Tensors.TryGetValue("eps", out var entry) ? entry.AsSingle() : 1e-5f;
        var (output, node) = draft.Add(new AttributeDeclaration("BatchNorm").With("Epsilon", epsilon, 1e-5f).With("Affine", isAffine, true), "batchNorm", null, input, new DraftSize(channels));
        foreach (var tensor in isAffine ? new[] { "weight", "bias", "running_mean", "running_var" } : ["running_mean", "running_var"])
            NetworkDraft.AddParameter(node, tensor, [channels], Vector(tensor, channels));
        NetworkDraft.AddParameter(node, "num_batches_tracked", [1], [1]);
        if (!Problems.Any && (epsilon <= 0 || Find("running_var")!.Values.Any(number => number + epsilon <= 0)))
            Problems.Damaged(Where, "the tensors of a batch norm", "the epsilon, and a variance plus it, must be above 0");
        return output;
    }

    private DraftValue PReLU(NetworkDraft draft, DraftValue input, Tensor weight) => weight.Values.Length == 1 || weight.Values.Length == input.Channels
        ? draft.Apply(null, input, new DraftActivation(Activation.PReLU) { Slopes = weight.Values })
        : Damaged(input, string.Create(CultureInfo.InvariantCulture, $"{weight.Values.Length} slopes do not fit an input of {input.Channels} channels"));

    private float[]? Bias(int length) => Tensors.ContainsKey("bias") ? Vector("bias", length) : null;

    private float[] Vector(string tensor, int length)
    {
        if (Require(tensor) is not { } vector)
            return [];
        if (vector.Rank == 1 && vector.Values.Length == length)
            return vector.Values;
        Problems.Damaged(Tensors[tensor].Where, vector.ToString(), string.Create(CultureInfo.InvariantCulture, $"[{length}] is expected here"));
        return [];
    }

    private DraftValue Damaged(DraftValue input, string why)
    {
        Problems.Damaged(Where, "tensors whose sizes do not add up", why);
        return input;
    }

    private Tensor? Require(string tensor)
    {
        if (!Tensors.ContainsKey(tensor))
            Problems.Damaged(Where, $"no \"{tensor}\"", "the module's other tensors require it");
        return Find(tensor);
    }

    private Tensor? Find(string tensor)
    {
        if (!Tensors.TryGetValue(tensor, out var entry))
            return null;
        _used.Add(tensor);
        if (!_read.TryGetValue(tensor, out var read))
            _read.Add(tensor, read = Tensor.Read(entry));
        return read;
    }
}
