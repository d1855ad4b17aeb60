namespace StaticNet.Reference.Nodes;

/// <summary>A recurrent layer in one direction, unit by unit, and its gradient through time from the gates' sums.</summary>
internal sealed class RecurrentNode(
    string name, int source, int inputs, int hiddenUnits, RecurrentCellRule cell, string ending, bool isReverse, LayerWeight ofInputs, LayerWeight ofHidden) : Node(name, [source], [hiddenUnits])
{
    public override double[][] ForwardBatch(double[][][] inputs, Pass pass)
    {
        // Steps that a sequence does not have are as before the first one.
        var outputs = Array.ConvertAll(inputs, _ => Initial("h0", hiddenUnits, pass));
        foreach (var (row, state) in Run(inputs, pass))
            outputs[row] = Project(state.Hidden, pass);
        return outputs;
    }

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass)
    {
        var (w, u) = (ofInputs.Read(pass), ofHidden.Read(pass));
        var (dw, du) = (new double[w.Length], new double[u.Length]);
        var result = gradients.Select(_ => new[] { new double[InputLength] }).ToArray();
        var (later, laterCell) = (new double[hiddenUnits], new double[cell.Units]);
        foreach (var (row, state) in Run(inputs, pass).AsEnumerable().Reverse())
        {
            if (IsLast(row, pass) || pass.BeginsWindow(row, isReverse))
                (later, laterCell) = (new double[hiddenUnits], new double[cell.Units]);
            var hidden = gradients[row].Zip(later, (own, next) => own + next).ToArray();
            var mask = RecurrentMask.Of(cell.Layer, Name + ending, hiddenUnits, row / pass.Steps, pass);
            var (ofInput, ofRecurrent, before, cellBefore, ofPeepholes) = cell.Backward(state, ProjectBack(hidden, state.Hidden, pass), laterCell, Peepholes(pass));
            if (Projection(pass) is not null)
                before = new double[hiddenUnits];
            for (var index = 0; index < ofPeepholes.Length && cell.Layer is LSTMAttribute { Peepholes: true }; index++)
                pass.AddGradient($"{Name}.peephole{ending}", index, ofPeepholes[index]);
            for (var gate = 0; gate < ofInput.Length; gate++)
            {
                AddBias("bias_ih", gate, ofInput[gate], pass);
                AddBias("bias_hh", gate, ofRecurrent[gate], pass);
                for (var column = 0; column < InputLength; column++)
                {
                    dw[(gate * InputLength) + column] += ofInput[gate] * inputs[row][0][column];
                    result[row][0][column] += ofInput[gate] * w[(gate * InputLength) + column];
                }

                for (var column = 0; column < hiddenUnits; column++)
                {
                    du[(gate * hiddenUnits) + column] += ofRecurrent[gate] * mask[column] * state.HiddenBefore[column];
                    before[column] += ofRecurrent[gate] * mask[column] * u[(gate * hiddenUnits) + column];
                }
            }

            for (var unit = 0; unit < hiddenUnits && IsFirst(row, pass); unit++)
                pass.AddGradient($"{Name}.h0{ending}", unit, before[unit]);
            for (var unit = 0; unit < cell.Units && IsFirst(row, pass); unit++)
                pass.AddGradient($"{Name}.c0{ending}", unit, cellBefore[unit]);

            (later, laterCell) = (before, cellBefore);
        }

        ofInputs.AddGradient(dw, pass);
        ofHidden.AddGradient(du, pass);
        return result;
    }

    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("A recurrent layer looks at whole sequences.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("A recurrent layer looks at whole sequences.");

    public override double BatchKinkDistance(double[][][] inputs, Pass pass) => Run(inputs, pass).Min(step => cell.KinkDistance(step.State, Peepholes(pass)));

    private double[]? Peepholes(Pass pass) => pass.Parameters.GetValueOrDefault($"{Name}.peephole{ending}");

    private int InputLength => inputs;

    /// <summary>The steps in the order in which they are computed.</summary>
    private List<(int Row, RecurrentCellRule.State State)> Run(double[][][] inputs, Pass pass)
    {
        var (w, u) = (ofInputs.Read(pass), ofHidden.Read(pass));
        var steps = new List<(int, RecurrentCellRule.State)>();
        for (var sample = 0; sample < inputs.Length / pass.Steps; sample++)
        {
            var (hidden, kept) = (Initial("h0", hiddenUnits, pass), Initial("c0", cell.Units, pass));
            var length = pass.LengthOf(sample);
            var mask = RecurrentMask.Of(cell.Layer, Name + ending, hiddenUnits, sample, pass);
            for (var step = 0; step < length; step++)
            {
                var row = (sample * pass.Steps) + (isReverse ? length - 1 - step : step);
                var ofInput = Sums(w, inputs[row][0], "bias_ih", pass);
                var ofRecurrent = Sums(u, [.. hidden.Zip(mask, (value, factor) => value * factor)], "bias_hh", pass);
                var state = cell.Forward(ofInput, ofRecurrent, hidden, kept, Peepholes(pass));
                steps.Add((row, state));
                (hidden, kept) = (Project(state.Hidden, pass), state.Cell);
            }
        }

        return steps;
    }

    /// <summary>A state before the first step: learned, or zeros.</summary>
    private double[] Initial(string state, int units, Pass pass) => pass.Parameters.TryGetValue($"{Name}.{state}{ending}", out var learned) ? [.. learned] : new double[units];

    /// <summary>The weight that makes the hidden state of what the cell gives, or null: it is that itself.</summary>
    private double[]? Projection(Pass pass) => pass.Parameters.GetValueOrDefault($"{Name}.weight_hr{ending}");

    /// <summary>The hidden state of what the cell gives.</summary>
    private double[] Project(double[] given, Pass pass) => Projection(pass) is { } weight
        ? [.. Enumerable.Range(0, hiddenUnits).Select(row => given.Select((value, unit) => weight[(row * cell.Units) + unit] * value).Sum())]
        : given;

    /// <summary>The gradient of what the cell gives from that of the hidden state, and that of the weight between them.</summary>
    private double[] ProjectBack(double[] hidden, double[] given, Pass pass)
    {
        if (Projection(pass) is not { } weight)
            return hidden;
        var result = new double[cell.Units];
        for (var row = 0; row < hiddenUnits; row++)
        {
            for (var unit = 0; unit < cell.Units; unit++)
            {
                result[unit] += hidden[row] * weight[(row * cell.Units) + unit];
                pass.AddGradient($"{Name}.weight_hr{ending}", (row * cell.Units) + unit, hidden[row] * given[unit]);
            }
        }

        return result;
    }

    /// <summary>Whether a row is the first that is computed of its sequence.</summary>
    private bool IsFirst(int row, Pass pass) => row % pass.Steps == (isReverse ? pass.LengthOf(row / pass.Steps) - 1 : 0);

    /// <summary>Whether a row is the last that is computed of its sequence.</summary>
    private bool IsLast(int row, Pass pass) => row % pass.Steps == (isReverse ? 0 : pass.LengthOf(row / pass.Steps) - 1);

    private double[] Sums(double[] weight, double[] x, string bias, Pass pass)
    {
        var sums = new double[weight.Length / x.Length];
        for (var gate = 0; gate < sums.Length; gate++)
        {
            sums[gate] = pass.Parameters.TryGetValue($"{Name}.{bias}{ending}", out var start) ? start[gate] : 0;
            for (var column = 0; column < x.Length; column++)
                sums[gate] += weight[(gate * x.Length) + column] * x[column];
        }

        return sums;
    }

    private void AddBias(string bias, int gate, double value, Pass pass) => pass.AddGradient($"{Name}.{bias}{ending}", gate, value);
}
