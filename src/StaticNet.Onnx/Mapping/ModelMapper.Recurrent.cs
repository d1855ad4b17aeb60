using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Recurrent operators, step by step: states are values like any other, so they may be inputs and outputs of the model.</summary>
internal sealed partial class ModelMapper
{
    /// <summary>Each step is written out, with its own copy of the recurrent weight.</summary>
    private const int MostSteps = 64;

    private void AddRecurrent()
    {
        _operators.Add("LSTM", (node, inputs) => Recurrent(node, inputs, new CellGates("LSTM", 4, ["Sigmoid", "Tanh", "Tanh"])));
        _operators.Add("GRU", (node, inputs) => Recurrent(node, inputs, new CellGates("GRU", 3, ["Sigmoid", "Tanh"])));
        _operators.Add("RNN", (node, inputs) => Recurrent(node, inputs, new CellGates("RNN", 1, ["Tanh"])));
    }

    private Value[] Recurrent(GraphNode node, Value?[] inputs, CellGates cell)
    {
        var (weight, recurrent) = (Constant(inputs, 1, "weight"), Constant(inputs, 2, "recurrent weight"));
        var bias = Optional(inputs, 3, "bias");
        var (directions, units, features) = (weight.Shape[0], recurrent.Shape[2], weight.Shape[2]);
        Refuse(node, inputs);
        var peepholes = cell.Name == "LSTM" ? Optional(inputs, 7, "peepholes") : null;
        var isBatchFirst = node.Integer("layout", 0) != 0;
        var sequence = isBatchFirst ? Transposed(inputs[0]!, [1, 0, 2]) : inputs[0]!;
        var (steps, batch) = (sequence.Shape[0], sequence.Shape[1]);
        if (steps > MostSteps)
            throw new ModelFaultException($"it has {steps} steps, and each would be written out; up to {MostSteps} are", "Import the model for a shorter sequence with --dim, or declare the network with [LSTM] or [GRU] yourself");
        var (outputs, hidden, cells) = (new List<Value[]>(), new List<Value>(), new List<Value>());
        for (var direction = 0; direction < directions; direction++)
        {
            var isReverse = node.Text("direction", "forward") == "reverse" || direction == 1;
            var run = new CellRun(
                cell, node, units, Part(weight, direction).Reshaped(cell.Gates * units, features), Part(recurrent, direction).Reshaped(cell.Gates * units, units),
                bias is null ? null : Part(bias, direction).AsFloats(), cell.Functions(node, direction))
            { Peepholes = peepholes is null ? null : Part(peepholes, direction).AsFloats() };
            var (h, c) = (InitialState(inputs, 5, direction, isBatchFirst), InitialState(inputs, 6, direction, isBatchFirst));
            var sums = steps > 1 ? InputSums(run, sequence) : null;
            var own = new Value[steps];
            for (var step = 0; step < steps; step++)
            {
                var place = isReverse ? steps - 1 - step : step;
                (h, c) = Step(run, sums is null ? sequence.Reshaped([batch, features]) : Part(sums, place, [batch, cell.Gates * units]), sums is not null, h, c);
                own[place] = h;
            }

            outputs.Add(own);
            hidden.Add(h!);
            cells.Add(c!);
        }

        var y = Joined([.. Enumerable.Range(0, steps).SelectMany(step => outputs.Select(own => own[step]))], [steps, directions, batch, units]);
        var last = Joined([.. hidden], [directions, batch, units]);
        var lastCell = cell.Name == "LSTM" ? Joined([.. cells], [directions, batch, units]) : null;
        Value[] results = [isBatchFirst ? Transposed(y, [2, 0, 1, 3]) : y, isBatchFirst ? Transposed(last, [1, 0, 2]) : last, .. lastCell is null ? Array.Empty<Value>() : [isBatchFirst ? Transposed(lastCell, [1, 0, 2]) : lastCell]];
        return results;
    }

    private static void Refuse(GraphNode node, Value?[] inputs)
    {
        if (node.Has("clip"))
            throw new ModelFaultException("it clips the sums of its gates");
        if (node.Integer("input_forget", 0) != 0)
            throw new ModelFaultException("it couples the input gate with the forget gate");
        if (Has(inputs, 4) && Constant(inputs, 4, "list of lengths").AsIntegers().Any(length => length != inputs[0]!.Shape[node.Integer("layout", 0) != 0 ? 1 : 0]))
            throw new ModelFaultException("its sequences have different lengths");
    }

    private static Tensor Part(Tensor tensor, int direction)
    {
        var length = tensor.Length / tensor.Shape[0];
        return Tensor.Of(tensor.AsFloats().AsSpan(direction * length, length).ToArray(), tensor.Shape[1..]);
    }

    private Value Part(Value sums, int place, int[] shape) => Value.Of(_build.Slice(Layer(sums), sums.Shape, 0, place, 1), shape);

    private Value? InitialState(Value?[] inputs, int index, int direction, bool isBatchFirst)
    {
        if (!Has(inputs, index) || inputs[index]!.Constant?.AsFloats().All(number => number == 0) == true)
            return null;
        var state = isBatchFirst ? Transposed(Known(inputs[index]!), [1, 0, 2]) : Known(inputs[index]!);
        int[] shape = [state.Shape[1], state.Shape[2]];
        if (state.Constant is { } constant)
            return Value.Of(Part(constant, direction).Reshaped(shape));
        return Value.Of(_build.Slice(Layer(state), state.Shape, 0, direction, 1), shape);

        Value Known(Value value) => !isBatchFirst || value.Constant is null ? value : Value.Of(_folder.Fold(node: Turn, inputs: [value.Constant])![0].Reshaped(value.Shape));
    }

    /// <summary>The sums over the input of all steps at once.</summary>
    private Value InputSums(CellRun run, Value sequence)
    {
        int[] rows = [sequence.Shape[0] * sequence.Shape[1], sequence.Shape[2]];
        var dense = Dense(sequence.Reshaped(rows), Turned(run.Weight));
        return Value.Of(WithBias(dense, run.InputBias), [sequence.Shape[0], sequence.Shape[1] * run.Weight.Shape[0]]);
    }

    private static LayerNode WithBias(LayerNode dense, float[]? bias)
    {
        if (bias is null)
            return dense;
        dense.Attribute = dense.Attribute.Without("Bias");
        return dense.With("bias", bias, bias.Length);
    }

    private Value Joined(Value[] parts, int[] shape) => parts.Length == 1
        ? parts[0].Reshaped(shape)
        : Value.Of(_build.Concat([.. parts.Select(Layer)], 1, Indexing.Length(parts[0].Shape)), shape);

    private (Value Hidden, Value? Cell) Step(CellRun run, Value input, bool isSummed, Value? h, Value? c) => run.Cell.Name switch
    {
        "LSTM" => LstmStep(run, input, isSummed, h, c),
        "GRU" => (GruStep(run, input, isSummed, h), null),
        _ => (Applied(Sums(run, input, isSummed, h), run.Functions[0]), null),
    };

    /// <summary>W·x + R·h + both biases.</summary>
    private Value Sums(CellRun run, Value input, bool isSummed, Value? h)
    {
        int[] shape = [input.Shape[0], run.Weight.Shape[0]];
        if (isSummed)
        {
            if (h is null)
                return run.RecurrentBias is { } alone ? Combined("+", input, Value.Of(Tensor.Of(alone, alone.Length))) : input;
            return Combined("+", input, Value.Of(WithBias(Dense(Computing(h), Turned(run.Recurrent)), run.RecurrentBias), shape));
        }

        var bias = run.InputBias is null ? null : run.InputBias.Zip(run.RecurrentBias!, (a, b) => a + b).ToArray();
        if (h is null)
            return Value.Of(WithBias(Dense(input, Turned(run.Weight)), bias), shape);
        var joined = Value.Of(_build.Concat([Layer(input), Layer(Computing(h))], input.Shape[0], 1), [input.Shape[0], input.Shape[1] + h.Shape[1]]);
        var (x, r) = (run.Weight.AsFloats(), run.Recurrent.AsFloats());
        var (features, units) = (run.Weight.Shape[1], run.Recurrent.Shape[1]);
        float[] both = [.. Enumerable.Range(0, run.Weight.Shape[0]).SelectMany(row => x[(row * features)..((row + 1) * features)].Concat(r[(row * units)..((row + 1) * units)]))];
        return Value.Of(WithBias(Dense(joined, Turned(Tensor.Of(both, run.Weight.Shape[0], features + units))), bias), shape);
    }

    private static Value Computing(Value state) => state.Constant is null ? state : throw new ModelFaultException("its initial state is a constant other than 0");

    /// <summary>A gate, with its peephole to the cell's state if it has one.</summary>
    private Value Gate(CellRun run, Value sums, int gate, int function, Value? cell = null)
    {
        var sum = Value.Of(_build.Slice(Layer(sums), sums.Shape, 1, gate * run.Units, run.Units), [sums.Shape[0], run.Units]);
        if (cell is not null && run.Peepholes is { } peepholes)
            sum = Combined("+", sum, Combined("*", cell, Value.Of(Tensor.Of(peepholes[(gate * run.Units)..((gate + 1) * run.Units)], 1, run.Units))));
        return Applied(sum, run.Functions[function]);
    }

    private (Value Hidden, Value Cell) LstmStep(CellRun run, Value input, bool isSummed, Value? h, Value? c)
    {
        var sums = Sums(run, input, isSummed, h);
        var state = c is null ? null : c.Constant is null ? Value.Of(Layer(c), c.Shape) : c;
        var next = Combined("*", Gate(run, sums, 0, 0, state), Gate(run, sums, 3, 1));
        if (state is not null)
            next = Combined("+", Combined("*", Gate(run, sums, 2, 0, state), state), next);
        return (Combined("*", Gate(run, sums, 1, 0, next), Applied(next, run.Functions[2])), next);
    }

    private Value GruStep(CellRun run, Value input, bool isSummed, Value? h)
    {
        var (units, shape) = (run.Units, new[] { input.Shape[0], run.Weight.Shape[0] });
        var sums = isSummed ? input : Value.Of(WithBias(Dense(input, Turned(run.Weight)), run.InputBias), shape);
        if (h is null)
        {
            var biased = run.RecurrentBias is { } constant ? Value.Of(Tensor.Of(constant, 1, constant.Length)) : Value.Of(Tensor.Of(new float[3 * units], 1, 3 * units));
            var first = Combined("+", sums, run.IsLinearBeforeReset ? Value.Of(WithoutLast(biased.Constant!, units)) : biased);
            var reset = Gate(run, first, 1, 0);
            var inner = Value.Of(_build.Slice(Layer(first), first.Shape, 1, 2 * units, units), [shape[0], units]);
            if (run.IsLinearBeforeReset)
                inner = Combined("+", inner, Combined("*", reset, Value.Of(Tensor.Of(biased.Constant!.AsFloats()[(2 * units)..], 1, units))));
            return Combined("*", Applied(Gate(run, first, 0, 0), x => Pair("-", Expression.Number(1), x)), Applied(inner, run.Functions[1]));
        }

        var state = Computing(h);
        var known = Value.Of(Layer(state), state.Shape);
        var recurrentSums = run.IsLinearBeforeReset
            ? Value.Of(WithBias(Dense(known, Turned(run.Recurrent)), run.RecurrentBias), shape)
            : Value.Of(WithBias(Dense(known, Turned(run.RowsOf(run.Recurrent, 0, 2))), run.RecurrentBias?[..(2 * units)]), [shape[0], 2 * units]);
        var z = Both(0);
        var r = Both(1);
        var added = run.IsLinearBeforeReset
            ? Combined("*", r, Slice(recurrentSums, 2))
            : Value.Of(WithBias(Dense(Combined("*", r, known), Turned(run.RowsOf(run.Recurrent, 2, 1))), run.RecurrentBias?[(2 * units)..]), [shape[0], units]);
        var n = Applied(Combined("+", Slice(sums, 2), added), run.Functions[1]);
        var update = Value.Of(Layer(z), z.Shape);
        return Combined("+", Combined("*", Applied(update, x => Pair("-", Expression.Number(1), x)), n), Combined("*", update, known));

        Value Slice(Value all, int gate) => Value.Of(_build.Slice(Layer(all), all.Shape, 1, gate * units, units), [shape[0], units]);

        Value Both(int gate) => Applied(Combined("+", Slice(sums, gate), Slice(recurrentSums, gate)), run.Functions[0]);
    }

    private static Tensor WithoutLast(Tensor bias, int units)
    {
        float[] values = [.. bias.AsFloats()];
        values.AsSpan(2 * units).Clear();
        return Tensor.Of(values, bias.Shape);
    }

    private static readonly GraphNode Turn = TurnNode();

    /// <summary>The node that exchanges the batch with the directions.</summary>
    private static GraphNode TurnNode()
    {
        var perm = new Schema.AttributeProto { Name = "perm" };
        perm.Ints.AddRange([1, 0, 2]);
        var node = new Schema.NodeProto { OpType = "Transpose" };
        node.Attribute.Add(perm);
        return new GraphNode(node, 13);
    }
}
