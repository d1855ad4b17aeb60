namespace StaticNet.Reference.Nodes;

/// <summary>
/// A GRU as Cho et al. (2014) write it, in one direction, unit by unit: the reset gate multiplies the hidden state before the candidate's weight
/// does. The gradient follows from the chain rule, step by step from the last.
/// </summary>
internal sealed class ResetBeforeNode(string name, int source, int inputs, RecurrentCellRule cell, string ending, bool isReverse) : Node(name, [source], [cell.Units])
{
    private readonly int _units = cell.Units;

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass)
    {
        // Steps that a sequence does not have are as before the first one.
        var outputs = Array.ConvertAll(inputs, _ => Initial(pass));
        foreach (var step in Run(inputs, pass))
            outputs[step.Row] = step.Hidden;
        return outputs;
    }

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass)
    {
        var (w, u, own) = (Weight("weight_ih", pass), Weight("weight_hh", pass), Weight("weight_hn", pass));
        var result = gradients.Select(_ => new[] { new double[InputLength] }).ToArray();
        var later = new double[_units];
        foreach (var step in Run(inputs, pass).AsEnumerable().Reverse())
        {
            if (step.IsLast || pass.BeginsWindow(step.Row, isReverse))
                later = new double[_units];
            var mask = RecurrentMask.Of(cell.Layer, Name + ending, _units, step.Row / pass.Steps, pass);
            var sums = new double[3 * _units];
            var before = new double[_units];
            for (var unit = 0; unit < _units; unit++)
            {
                var gradient = gradients[step.Row][unit] + later[unit];
                var (z, n) = (cell.Gate.Value(step.Sums[_units + unit]), cell.Function.Value(step.Sums[(2 * _units) + unit]));
                sums[_units + unit] = gradient * (step.Before[unit] - n) * cell.Gate.Derivative(step.Sums[_units + unit]);
                sums[(2 * _units) + unit] = gradient * (1 - z) * cell.Function.Derivative(step.Sums[(2 * _units) + unit]);
                before[unit] = gradient * z;
            }

            for (var column = 0; column < _units; column++)
            {
                var ofReset = 0.0;
                for (var unit = 0; unit < _units; unit++)
                {
                    ofReset += sums[(2 * _units) + unit] * own[(unit * _units) + column];
                    pass.AddGradient($"{Name}.weight_hn{ending}", (unit * _units) + column, sums[(2 * _units) + unit] * cell.Gate.Value(step.Sums[column]) * mask[column] * step.Before[column]);
                }

                sums[column] = ofReset * mask[column] * step.Before[column] * cell.Gate.Derivative(step.Sums[column]);
                before[column] += ofReset * mask[column] * cell.Gate.Value(step.Sums[column]);
            }

            for (var row = 0; row < sums.Length; row++)
            {
                pass.AddGradient($"{Name}.bias_ih{ending}", row, sums[row]);
                pass.AddGradient($"{Name}.bias_hh{ending}", row, sums[row]);
                for (var column = 0; column < InputLength; column++)
                {
                    pass.AddGradient($"{Name}.weight_ih{ending}", (row * InputLength) + column, sums[row] * inputs[step.Row][0][column]);
                    result[step.Row][0][column] += sums[row] * w[(row * InputLength) + column];
                }

                for (var column = 0; column < _units && row < 2 * _units; column++)
                {
                    pass.AddGradient($"{Name}.weight_hh{ending}", (row * _units) + column, sums[row] * mask[column] * step.Before[column]);
                    before[column] += sums[row] * mask[column] * u[(row * _units) + column];
                }
            }

            for (var unit = 0; unit < _units && step.IsFirst; unit++)
                pass.AddGradient($"{Name}.h0{ending}", unit, before[unit]);
            later = before;
        }

        return result;
    }

    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("A recurrent layer looks at whole sequences.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("A recurrent layer looks at whole sequences.");

    public override double BatchKinkDistance(double[][][] inputs, Pass pass) => Run(inputs, pass).Min(step =>
        step.Sums.Select((sum, row) => (row < 2 * _units ? cell.Gate : cell.Function).Kinks.Select(kink => Math.Abs(sum - kink)).DefaultIfEmpty(double.PositiveInfinity).Min()).Min());

    private int InputLength => inputs;

    private double[] Weight(string parameter, Pass pass) => pass.Parameters[$"{Name}.{parameter}{ending}"];

    /// <summary>The steps in the order in which they are computed.</summary>
    private List<Step> Run(double[][][] inputs, Pass pass)
    {
        var (w, u, own) = (Weight("weight_ih", pass), Weight("weight_hh", pass), Weight("weight_hn", pass));
        var steps = new List<Step>();
        for (var sample = 0; sample < inputs.Length / pass.Steps; sample++)
        {
            var hidden = Initial(pass);
            var length = pass.LengthOf(sample);
            var mask = RecurrentMask.Of(cell.Layer, Name + ending, _units, sample, pass);
            for (var number = 0; number < length; number++)
            {
                var row = (sample * pass.Steps) + (isReverse ? length - 1 - number : number);
                var (sums, next) = (new double[3 * _units], new double[_units]);
                for (var sum = 0; sum < sums.Length; sum++)
                {
                    sums[sum] = Bias("bias_ih", sum, pass) + Bias("bias_hh", sum, pass);
                    for (var column = 0; column < InputLength; column++)
                        sums[sum] += w[(sum * InputLength) + column] * inputs[row][0][column];
                    for (var column = 0; column < _units; column++)
                        sums[sum] += sum < 2 * _units ? u[(sum * _units) + column] * mask[column] * hidden[column] : own[((sum - (2 * _units)) * _units) + column] * cell.Gate.Value(sums[column]) * mask[column] * hidden[column];
                }

                for (var unit = 0; unit < _units; unit++)
                {
                    var z = cell.Gate.Value(sums[_units + unit]);
                    next[unit] = ((1 - z) * cell.Function.Value(sums[(2 * _units) + unit])) + (z * hidden[unit]);
                }

                steps.Add(new Step(row, number == 0, number == length - 1, sums, hidden, next));
                hidden = next;
            }
        }

        return steps;
    }

    /// <summary>The state before the first step: learned, or zeros.</summary>
    private double[] Initial(Pass pass) => pass.Parameters.TryGetValue($"{Name}.h0{ending}", out var learned) ? [.. learned] : new double[_units];

    private double Bias(string parameter, int row, Pass pass) => pass.Parameters.TryGetValue($"{Name}.{parameter}{ending}", out var start) ? start[row] : 0;

    /// <summary>A step: the sums of its gates, the hidden states before it and after it.</summary>
    private sealed record Step(int Row, bool IsFirst, bool IsLast, double[] Sums, double[] Before, double[] Hidden);
}
