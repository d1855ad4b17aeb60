using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Mapping;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Evaluation;

/// <summary>Recurrent operators, as their equations say.</summary>
internal sealed partial class ModelEvaluator
{
    private static Tensor[] Recurrent(GraphNode node, Tensor?[] inputs)
    {
        if (node.Integer("layout", 0) != 0 || (inputs.Length > 7 && inputs[7] is not null) || (inputs.Length > 4 && inputs[4] is not null))
            throw new ModelFaultException("a recurrent operator with peepholes, lengths or the batch first is not among what is computed for golden vectors");
        var cell = node.Operator switch { "LSTM" => new CellGates("LSTM", 4, ["Sigmoid", "Tanh", "Tanh"]), "GRU" => new CellGates("GRU", 3, ["Sigmoid", "Tanh"]), _ => new CellGates("RNN", 1, ["Tanh"]) };
        var (x, w, r) = (inputs[0]!, inputs[1]!, inputs[2]!);
        var (steps, batch, directions, units) = (x.Shape[0], x.Shape[1], w.Shape[0], r.Shape[2]);
        var all = new float[steps * directions * batch * units];
        var (lastHidden, lastCell) = (new float[directions * batch * units], new float[directions * batch * units]);
        for (var direction = 0; direction < directions; direction++)
        {
            var functions = cell.Functions(node, direction).Select(function => function(Expression.X)).ToArray();
            var isReverse = direction == 1 || node.Text("direction", "forward") == "reverse";
            for (var sample = 0; sample < batch; sample++)
            {
                var (h, c) = (State(inputs, 5, direction, sample, units), State(inputs, 6, direction, sample, units));
                for (var step = 0; step < steps; step++)
                {
                    var place = isReverse ? steps - 1 - step : step;
                    (h, c) = Step(node, new CellInputs(inputs, direction, units, cell.Gates), x.AsFloats().AsSpan(((place * batch) + sample) * x.Shape[2], x.Shape[2]).ToArray(), h, c, [.. functions.Select(function => (Func<double, double>)function.At)]);
                    h.Select(value => (float)value).ToArray().CopyTo(all.AsSpan((((place * directions) + direction) * batch + sample) * units));
                }

                h.Select(value => (float)value).ToArray().CopyTo(lastHidden.AsSpan(((direction * batch) + sample) * units));
                c.Select(value => (float)value).ToArray().CopyTo(lastCell.AsSpan(((direction * batch) + sample) * units));
            }
        }

        return [Tensor.Of(all, steps, directions, batch, units), Tensor.Of(lastHidden, directions, batch, units), Tensor.Of(lastCell, directions, batch, units)];
    }

    private static double[] State(Tensor?[] inputs, int index, int direction, int sample, int units) => inputs.Length > index && inputs[index] is { } state
        ? [.. state.AsFloats().AsSpan(((direction * state.Shape[1]) + sample) * units, units).ToArray().Select(value => (double)value)]
        : new double[units];

    private static (double[] Hidden, double[] Cell) Step(GraphNode node, CellInputs cell, float[] x, double[] h, double[] c, Func<double, double>[] functions)
    {
        var units = h.Length;
        var next = new double[units];
        var state = new double[units];
        for (var unit = 0; unit < units; unit++)
        {
            double Gate(int gate) => cell.OfInput(gate, unit, x) + cell.OfState(gate, unit, h);
            switch (node.Operator)
            {
                case "LSTM":
                    state[unit] = (functions[0](Gate(2)) * c[unit]) + (functions[0](Gate(0)) * functions[1](Gate(3)));
                    next[unit] = functions[0](Gate(1)) * functions[2](state[unit]);
                    break;
                case "GRU":
                    var update = functions[0](Gate(0));
                    var candidate = node.Integer("linear_before_reset", 0) != 0
                        ? cell.OfInput(2, unit, x) + (functions[0](Gate(1)) * cell.OfState(2, unit, h))
                        : cell.OfInput(2, unit, x) + cell.OfState(2, unit, [.. h.Select((value, other) => value * functions[0](cell.OfInput(1, other, x) + cell.OfState(1, other, h)))]);
                    next[unit] = ((1 - update) * functions[1](candidate)) + (update * h[unit]);
                    break;
                default:
                    next[unit] = functions[0](Gate(0));
                    break;
            }
        }

        return (next, state);
    }

    /// <summary>The weights of one direction.</summary>
    private sealed class CellInputs(Tensor?[] inputs, int direction, int units, int gates)
    {
        private readonly float[] _weight = inputs[1]!.AsFloats();

        private readonly float[] _recurrent = inputs[2]!.AsFloats();

        private readonly float[]? _bias = inputs.Length > 3 ? inputs[3]?.AsFloats() : null;

        public double OfInput(int gate, int unit, float[] x)
        {
            var row = (direction * gates * units) + (gate * units) + unit;
            return x.Select((value, index) => (double)value * _weight[(row * x.Length) + index]).Sum() + (_bias is null ? 0 : _bias[(2 * direction * gates * units) + (gate * units) + unit]);
        }

        public double OfState(int gate, int unit, double[] h)
        {
            var row = (direction * gates * units) + (gate * units) + unit;
            return h.Select((value, index) => value * _recurrent[(row * units) + index]).Sum() + (_bias is null ? 0 : _bias[(((2 * direction) + 1) * gates * units) + (gate * units) + unit]);
        }
    }
}
