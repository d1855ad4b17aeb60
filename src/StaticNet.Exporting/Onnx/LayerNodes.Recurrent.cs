using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <content>Recurrent layers.</content>
internal sealed partial class LayerNodes
{
    private static readonly string[] Forward = [""], Both = ["", "_reverse"];

    /// <summary>An LSTM, GRU or RNN of ONNX over all steps.</summary>
    private NodeValue Recur(NodeValue input, RecurrentLayer layer)
    {
        if (layer is { Projection: > 0, LearnsState: true })
            throw new ExportException($"{_layer.Name}: ONNX's LSTM has no projection, and without it no hidden state that is learned. Leave out LearnedState or Projection.");
        var directions = layer.Direction == Words.SequenceDirection.Bidirectional ? Both : Forward;
        var (operation, order) = layer.Cell switch
        {
            CellKind.Lstm => ("LSTM", new[] { 0, 3, 1, 2 }),
            CellKind.Gru => ("GRU", [1, 0, 2]),
            _ => ("RNN", [0]),
        };
        var steps = model.Node("Transpose", $"{_layer.Name}.steps", [input.Name], ("perm", Axes(1, 0, 2)));
        List<string> inputs = [
            steps,
            Stacked("W", directions, ending => Gates($"weight_ih{ending}", order, layer.Units), [order.Length * layer.Units, input.Type.Last]),
            Stacked("R", directions, ending => RecurrentWeight(layer, ending, order), [order.Length * layer.Units, layer.Units]),
        ];
        if (layer.Bias || layer.RecurrentBias)
            inputs.Add(Stacked("B", directions, ending => [.. Bias(layer.Bias, $"bias_ih{ending}", order, layer.Units), .. Bias(layer.RecurrentBias, $"bias_hh{ending}", order, layer.Units)], [2 * order.Length * layer.Units]));
        if (layer.LearnsState || layer.HasPeepholes)
        {
            // No bias where there is none, and no lengths of sequences.
            inputs.AddRange(Enumerable.Repeat("", 5 - inputs.Count));
            var count = layer.LearnsState ? model.Node("Shape", $"{_layer.Name}.count", [steps], ("start", 1), ("end", 2)) : "";
            string Initial(string name) => !layer.LearnsState || (name == "c0" && layer.Cell != CellKind.Lstm) ? "" : InitialState(name, directions, layer.Units, count);
            inputs.AddRange([Initial("h0"), Initial("c0")]);
            // Input, output and forget gate.
            inputs.Add(layer.HasPeepholes ? Stacked("P", directions, ending => Gates($"peephole{ending}", [0, 2, 1], layer.Units), [3 * layer.Units]) : "");
            while (inputs[^1].Length == 0)
                inputs.RemoveAt(inputs.Count - 1);
        }

        var functions = layer.Cell switch
        {
            CellKind.Lstm => new[] { layer.Gate, layer.Activation, layer.Activation },
            CellKind.Gru => [layer.Gate, layer.Activation],
            _ => [layer.Activation],
        };
        List<(string, object)> attributes = [
            ("hidden_size", layer.Units),
            ("direction", layer.Direction switch { Words.SequenceDirection.Forward => "forward", Words.SequenceDirection.Reverse => "reverse", _ => "bidirectional" }),
            .. CellFunctions([.. directions.SelectMany(_ => functions)]),
        ];
        if (layer.Cell == CellKind.Gru)
            attributes.Add(("linear_before_reset", layer.ResetsAfter ? 1 : 0));

        string[] names = layer.ReturnsSequences ? [$"{_layer.Name}.states"] : ["", $"{_layer.Name}.last"];
        var states = model.Node(operation, names, inputs, [.. attributes])[^1];
        // [steps, directions, batch, units], or the last states, [directions, batch, units].
        if (layer.Projection > 0)
            states = model.Node("MatMul", $"{_layer.Name}.hidden", [states, Stacked("projection", directions, ending => Transposed(Values($"weight_hr{ending}"), layer.Units), [layer.Units, layer.Projection])]);
        return layer.ReturnsSequences
            ? Plain(input, _layer.Output, "Reshape", model.Node("Transpose", $"{_layer.Name}.batch", [states], ("perm", Axes(2, 0, 1, 3))), model.Integers($"{_layer.Name}.shape", 0, 0, _layer.Output.Last))
            : new NodeValue(
                model.Node("Reshape", _layer.Name, [model.Node("Transpose", $"{_layer.Name}.batch", [states], ("perm", Axes(1, 0, 2))), model.Integers($"{_layer.Name}.shape", 0, _layer.Output.Last)]),
                _layer.Output, 1, HasStepAxis: false);
    }

    /// <summary>A learned state, the same for each sequence: [directions, batch, units].</summary>
    private string InitialState(string name, string[] directions, int units, string count)
    {
        var shape = model.Node("Concat", $"{_layer.Name}.{name}.shape", [model.Integers($"{_layer.Name}.{name}.directions", directions.Length), count, model.Integers($"{_layer.Name}.{name}.units", units)], ("axis", 0));
        return model.Node("Expand", $"{_layer.Name}.{name}.states", [Stacked(name, directions, ending => [.. Values(name + ending)], [1, units]), shape]);
    }

    private float[] RecurrentWeight(RecurrentLayer layer, string ending, int[] order)
    {
        if (layer.Projection > 0)
            return Product(Gates($"weight_hh{ending}", order, layer.Units), Values($"weight_hr{ending}"), layer.Units);
        if (layer.Cell != CellKind.Gru || layer.ResetsAfter)
            return Gates($"weight_hh{ending}", order, layer.Units);
        return [.. Gates($"weight_hh{ending}", [1, 0], layer.Units), .. Values($"weight_hn{ending}")];
    }

    /// <summary>The weight that gives of a cell's output what another one gives of its projection: the product of both.</summary>
    /// <param name="weight">The weight of the hidden state, [rows, projection].</param>
    /// <param name="projection">What makes the hidden state, [projection, units].</param>
    /// <param name="units">The elements of the cell's output.</param>
    private static float[] Product(float[] weight, ReadOnlySpan<float> projection, int units)
    {
        var depth = projection.Length / units;
        var product = new float[weight.Length / depth * units];
        for (var index = 0; index < product.Length; index++)
        {
            var sum = 0.0;
            for (var k = 0; k < depth; k++)
                sum += (double)weight[(index / units * depth) + k] * projection[(k * units) + (index % units)];
            product[index] = (float)sum;
        }

        return product;
    }

    /// <summary>A matrix with rows and columns exchanged.</summary>
    private static float[] Transposed(ReadOnlySpan<float> matrix, int columns)
    {
        var (rows, transposed) = (matrix.Length / columns, new float[matrix.Length]);
        for (var index = 0; index < matrix.Length; index++)
            transposed[(index % columns * rows) + (index / columns)] = matrix[index];
        return transposed;
    }

    private float[] Bias(bool isGiven, string name, int[] order, int units) => isGiven ? Gates(name, order, units) : new float[order.Length * units];

    /// <summary>The rows of a parameter gate by gate in another order.</summary>
    private float[] Gates(string name, int[] order, int units)
    {
        var values = _layer.Layer is RecurrentLayer { WeightNorm: true } && name.StartsWith("weight", StringComparison.Ordinal) ? Normalised(name, order.Length * units) : Values(name).ToArray();
        var gates = order.Length;
        var length = values.Length / gates;
        return [.. order.SelectMany(gate => values.AsSpan(gate * length, length).ToArray())];
    }

    /// <summary>A weight that is learned as magnitude and direction.</summary>
    private float[] Normalised(string name, int rows)
    {
        var values = Values(name + "_v").ToArray();
        for (var row = 0; row < rows; row++)
            Normalise(values.AsSpan(row * (values.Length / rows), values.Length / rows), Values(name + "_g")[row]);
        return values;
    }

    private string Stacked(string name, string[] directions, Func<string, float[]> values, int[] shape) =>
        model.Floats($"{_layer.Name}.{name}", [directions.Length, .. shape], [.. directions.SelectMany(values)]);

    private IEnumerable<(string, object)> CellFunctions(IReadOnlyList<Words.Activation> functions)
    {
        var entries = functions.Select(CellFunction).ToArray();
        yield return ("activations", entries.Select(entry => entry.Name));
        if (entries.Any(entry => entry.Alpha is not null))
            yield return ("activation_alpha", entries.Select(entry => entry.Alpha).OfType<float>());
        if (entries.Any(entry => entry.Beta is not null))
            yield return ("activation_beta", entries.Select(entry => entry.Beta).OfType<float>());
    }

    private (string Name, float? Alpha, float? Beta) CellFunction(Words.Activation function) => function switch
    {
        Words.Activation.Tanh => ("Tanh", null, null),
        Words.Activation.Sigmoid => ("Sigmoid", null, null),
        Words.Activation.ReLU => ("Relu", null, null),
        Words.Activation.Softsign => ("Softsign", null, null),
        Words.Activation.HardSigmoid => ("HardSigmoid", 1f / 6, 0.5f),
        Words.Activation.LeakyReLU => ("LeakyRelu", ActivationFunctions.All[function].Alpha, null),
        Words.Activation.LeCunTanh => ("ScaledTanh", 1.7159f, 2f / 3),
        Words.Activation.Identity => ("Affine", 1f, 0f),
        _ => throw new ExportException($"{_layer.Name}: ONNX's recurrent operators have no {ActivationFunctions.All[function].Title}. Choose another activation for the layer."),
    };
}
