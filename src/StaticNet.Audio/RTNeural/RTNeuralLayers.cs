using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.RTNeural;

/// <summary>Adds the layers of RTNeural's JSON to a draft: their weights have Keras' layouts.</summary>
internal sealed class RTNeuralLayers(NetworkDraft draft, AudioImportOptions options)
{
    private const string Known = "dense, time-distributed-dense, conv1d, conv2d, gru, lstm, prelu, batchnorm, batchnorm2d and activation are known";

    private readonly RTNeuralPlanes _planes = new(draft, options);

    /// <summary>Adds a layer with its activation.</summary>
    public DraftValue Add(Entry layer, DraftValue input)
    {
        var type = layer.Require("type");
        if (_planes.Features > 0)
            return AddPlane(layer, type, input);
        var value = type.AsText() switch
        {
            "dense" or "time-distributed-dense" => Dense(layer, input),
            "conv1d" => Convolution(layer, input),
            "gru" => Recurrent(layer, input, "GRU", gates: 3),
            "lstm" => Recurrent(layer, input, "LSTM", gates: 4),
            "prelu" => PReLU(layer, input),
            "batchnorm" => BatchNorm(layer, input),
            "activation" => draft.Apply(null, input, ActivationOf(layer)),
            _ => Refuse(type, input),
        };
        CheckShape(layer, value);
        return value;
    }

    /// <summary>Adds a layer whose steps have two axes.</summary>
    private DraftValue AddPlane(Entry layer, Entry type, DraftValue input)
    {
        var value = type.AsText() switch
        {
            "conv2d" => _planes.Convolution(layer, input),
            "batchnorm2d" => BatchNorm(layer, input),
            "activation" or "" => input,
            _ => Refuse(type, input, "only conv2d, batchnorm2d and activation take steps of two axes"),
        };
        var activation = type.AsText() == "batchnorm2d" ? DraftActivation.Identity : ActivationOf(layer);
        if (activation.Function == Activation.Softmax)
            layer.Problems.Unsupported(layer.Where, "a softmax over two axes", "it is known for one", "Leave it out");
        if (layer.Find("shape") is { } shape && !layer.Problems.Any && (shape.Items(4) is not [.., var features, var channels]
            || features.AsInt32(1, Limits.MostChannels) != _planes.Features || channels.AsInt32(1, Limits.MostChannels) != value.Channels))
        {
            layer.Problems.Damaged(shape.Where, shape.Shown, string.Create(CultureInfo.InvariantCulture, $"its weights have {_planes.Features} features of {value.Channels} channels"));
        }

        return draft.Apply(null, value, activation);
    }

    private static DraftValue Refuse(Entry type, DraftValue input, string why = Known)
    {
        if (type.Value.ValueKind == System.Text.Json.JsonValueKind.String)
            type.Problems.Unsupported(type.Where, type.Shown, why, "Train with these layers");
        return input;
    }

    private DraftValue Dense(Entry layer, DraftValue input)
    {
        Expect(layer, "weights");
        var weights = WeightsOf(layer, 1, 2);
        if (Matrix(weights, 0, input.Channels, null) is not { } kernel)
            return input;
        var (units, activation) = (kernel.Shape[1], ActivationOf(layer));
        var bias = weights.Count > 1 ? Vector(weights, 1, units) : null;
        var value = draft.Dense(null, input, new DraftSize(units), kernel.Permuted(1, 0).Values, bias, activation.IsPlain ? activation.Function : Activation.Identity);
        return activation.IsPlain ? value : draft.Apply(null, value, activation);
    }

    private DraftValue Convolution(Entry layer, DraftValue input)
    {
        Expect(layer, "weights", "kernel_size", "dilation", "groups", "padding", "strides");
        var (taps, dilation) = (One(layer, "kernel_size", Limits.MostTaps), One(layer, "dilation", Limits.MostDilation));
        var groups = layer.Int32("groups", 1, Limits.MostChannels, 1);
        if (layer.Find("strides") is not null && One(layer, "strides", Limits.MostTaps) is var stride and > 1)
            layer.Problems.Unsupported(layer.Where, string.Create(CultureInfo.InvariantCulture, $"a conv1d with a stride of {stride}"), "a capture has one output for each input", "Use a stride of 1");
        var weights = WeightsOf(layer, 1, 2);
        if (ReadAt(weights, 0) is not { } kernel)
            return input;
        if (input.Channels % groups != 0 || kernel.Rank != 3 || kernel.Shape[0] != taps || kernel.Shape[1] != input.Channels / groups || kernel.Shape[2] == 0 || kernel.Shape[2] % groups != 0)
        {
            weights[0].Problems.Damaged(weights[0].Where, kernel.ToString(), string.Create(CultureInfo.InvariantCulture, $"[{taps}, {input.Channels} / {groups}, filters] is expected here"));
            return input;
        }

        var (filters, activation) = (kernel.Shape[2], ActivationOf(layer));
        var bias = weights.Count > 1 ? Vector(weights, 1, filters) : null;
        var function = activation.IsPlain ? activation.Function : Activation.Identity;
        var weight = kernel.Permuted(2, 1, 0).Values;
        var value = taps == 1 && groups == 1
            ? draft.Dense(null, input, new DraftSize(filters), weight, bias, function)
            : draft.CausalConvolution(null, input, new DraftSize(filters), taps, dilation * options.Oversampling, groups, weight, bias, function);
        return activation.IsPlain ? value : draft.Apply(null, value, activation);
    }

    /// <summary>A GRU, whose gates z, r, n become r, z, n; or an LSTM, whose gates i, f, g, o stay.</summary>
    private DraftValue Recurrent(Entry layer, DraftValue input, string name, int gates)
    {
        Expect(layer, "weights");
        if (layer.Text("activation", "") is var function && function is not ("" or "tanh"))
            layer.Problems.Unsupported(layer.Where, $"a {name} with the activation \"{function}\"", "its states are between tanhs", "Train with tanh");
        if (options.Oversampling > 1)
            layer.Problems.Unsupported(layer.Where, string.Create(CultureInfo.InvariantCulture, $"a {name} at {options.Oversampling} times its sample rate"), "the steps of recurrent layers cannot be changed", "Import it without oversampling, and run it with InterleavedStream");
        var weights = WeightsOf(layer, 3, 3);
        if (Matrix(weights, 0, input.Channels, null) is not { } kernel)
            return input;
        var (rows, units) = (kernel.Shape[1], kernel.Shape[1] / gates);
        if (units == 0 || rows % gates != 0)
        {
            weights[0].Problems.Damaged(weights[0].Where, kernel.ToString(), $"{gates} columns for each unit are expected here");
            return input;
        }

        var (output, node) = draft.Add(new AttributeDeclaration(name, units), name == "GRU" ? "gru" : "lstm", null, input, new DraftSize(units));
        NetworkDraft.AddParameter(node, "weight_ih", [rows, input.Channels], Ordered(kernel.Permuted(1, 0).Values));
        if (Matrix(weights, 1, units, rows) is { } recurrent)
            NetworkDraft.AddParameter(node, "weight_hh", [rows, units], Ordered(recurrent.Permuted(1, 0).Values));
        if (name == "LSTM")
        {
            NetworkDraft.AddParameter(node, "bias_ih", [rows], Vector(weights, 2, rows));
        }
        else if (ReadAt(weights, 2) is { } biases)
        {
            if (biases.Shape.AsSpan() is [2, var columns] && columns == rows)
            {
                NetworkDraft.AddParameter(node, "bias_ih", [rows], Ordered(biases.Values[..rows]));
                NetworkDraft.AddParameter(node, "bias_hh", [rows], Ordered(biases.Values[rows..]));
            }
            else
            {
                weights[2].Problems.Unsupported(weights[2].Where, biases.ToString(), string.Create(CultureInfo.InvariantCulture, $"a GRU with reset_after has biases [2, {rows}]"), "Train with reset_after=True");
            }
        }

        return output;

        float[] Ordered(float[] values)
        {
            var gate = values.Length / gates;
            return name == "GRU" ? [.. values[gate..(2 * gate)], .. values[..gate], .. values[(2 * gate)..]] : values;
        }
    }

    private DraftValue PReLU(Entry layer, DraftValue input)
    {
        Expect(layer, "weights");
        var weights = WeightsOf(layer, 1, 1);
        if (ReadAt(weights, 0) is not { } slopes)
            return input;
        if (slopes.Values.Length == input.Channels || slopes.Values.Length == 1)
            return draft.Apply(null, input, new DraftActivation(Activation.PReLU) { Slopes = slopes.Values });
        weights[0].Problems.Damaged(weights[0].Where, slopes.ToString(), string.Create(CultureInfo.InvariantCulture, $"one slope, or one for each of {input.Channels} channels, is expected here"));
        return input;
    }

    private DraftValue BatchNorm(Entry layer, DraftValue input)
    {
        Expect(layer, "weights", "epsilon", "num_filters_in", "num_features_in");
        var epsilon = layer.Single("epsilon");
        var weights = WeightsOf(layer, 2, 4);
        if (weights.Count == 3)
            layer.Problems.Damaged(layer.Where, "3 tensors", "a batchnorm has gamma, beta, mean and variance, or the last two");
        var isAffine = weights.Count == 4;
        var channels = input.Channels;
        var attribute = new AttributeDeclaration("BatchNorm").With("Epsilon", epsilon, 1e-5f).With("Affine", isAffine, true);
        var (output, node) = draft.Add(attribute, "batchNorm", null, input, new DraftSize(channels));
        if (isAffine)
        {
            NetworkDraft.AddParameter(node, "weight", [channels], Vector(weights, 0, channels));
            NetworkDraft.AddParameter(node, "bias", [channels], Vector(weights, 1, channels));
        }

        var variance = Vector(weights, isAffine ? 3 : 1, channels);
        NetworkDraft.AddParameter(node, "running_mean", [channels], Vector(weights, isAffine ? 2 : 0, channels));
        NetworkDraft.AddParameter(node, "running_var", [channels], variance);
        NetworkDraft.AddParameter(node, "num_batches_tracked", [1], [1]);
        if (!layer.Problems.Any && (epsilon <= 0 || variance.Any(number => number + epsilon <= 0)))
            layer.Problems.Damaged(layer.Where, "the weights of a batchnorm", "the epsilon, and a variance plus it, must be above 0");
        return output;
    }

    private static DraftActivation ActivationOf(Entry layer)
    {
        var name = layer.Text("activation", "");
        Activation? function = name switch
        {
            "" or "linear" => Activation.Identity,
            "tanh" => Activation.Tanh,
            "relu" => Activation.ReLU,
            "sigmoid" => Activation.Sigmoid,
            "softmax" => Activation.Softmax,
            "elu" => Activation.ELU,
            _ => null,
        };
        if (function is null)
            layer.Problems.Unsupported(layer.Where, $"the activation \"{name}\"", "tanh, relu, sigmoid, softmax and elu are known", "Train with these");
        return new DraftActivation(function ?? Activation.Identity);
    }

    private static void Expect(Entry layer, params ReadOnlySpan<string> known) => layer.RefuseOthers(["type", "activation", "shape", "name", .. known]);

    /// <summary>What a layer says about its outputs must agree with its weights.</summary>
    private static void CheckShape(Entry layer, DraftValue value)
    {
        if (layer.Find("shape") is not { } shape || layer.Problems.Any)
            return;
        if (shape.Items(4) is [.., var last] && last.AsInt32(1, Limits.MostChannels) != value.Channels)
            layer.Problems.Damaged(last.Where, last.Shown, string.Create(CultureInfo.InvariantCulture, $"its weights have {value.Channels} outputs"));
    }

    /// <summary>A number, or the last of a list.</summary>
    private static int One(Entry layer, string name, int most)
    {
        var entry = layer.Require(name);
        return entry.IsArray && entry.Items(2) is [.., var last] ? last.AsInt32(1, most) : entry.AsInt32(1, most);
    }

    private static IReadOnlyList<Entry> WeightsOf(Entry layer, int least, int most)
    {
        var weights = layer.Require("weights");
        var items = weights.Items(most);
        if (weights.IsArray && weights.Value.GetArrayLength() < least)
            weights.Problems.Damaged(weights.Where, weights.Shown, string.Create(CultureInfo.InvariantCulture, $"{least} tensors are expected here"));
        return items;
    }

    private static Tensor? ReadAt(IReadOnlyList<Entry> weights, int index) => index < weights.Count ? Tensor.Read(weights[index]) : null;

    private static Tensor? Matrix(IReadOnlyList<Entry> weights, int index, int rows, int? columns)
    {
        if (ReadAt(weights, index) is not { } matrix)
            return null;
        if (matrix.Rank == 2 && matrix.Shape[0] == rows && matrix.Shape[1] > 0 && (columns is null || matrix.Shape[1] == columns))
            return matrix;
        weights[index].Problems.Damaged(weights[index].Where, matrix.ToString(), string.Create(CultureInfo.InvariantCulture, $"[{rows}, {(columns is null ? "outputs" : columns)}] is expected here"));
        return null;
    }

    private static float[] Vector(IReadOnlyList<Entry> weights, int index, int length)
    {
        if (ReadAt(weights, index) is not { } vector)
            return [];
        if (vector.Rank == 1 && vector.Values.Length == length)
            return vector.Values;
        weights[index].Problems.Damaged(weights[index].Where, vector.ToString(), string.Create(CultureInfo.InvariantCulture, $"[{length}] is expected here"));
        return [];
    }
}
