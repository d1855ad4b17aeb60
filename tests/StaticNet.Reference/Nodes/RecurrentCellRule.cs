namespace StaticNet.Reference.Nodes;

/// <summary>What a recurrent cell makes of the sums of its gates, as textbooks write it, and its gradient by the chain rule.</summary>
/// <param name="Layer">The attribute.</param>
/// <param name="Function">The function of the candidate.</param>
/// <param name="Gate">The function of the gates.</param>
internal sealed record RecurrentCellRule(RecurrentLayerAttribute Layer, ScalarFunction Function, ScalarFunction Gate)
{
    public int Units => Layer.Units;

    /// <summary>A step: the sums over the input and over the hidden state, the states before it and after it.</summary>
    public sealed record State(double[] OfInput, double[] OfRecurrent, double[] HiddenBefore, double[] CellBefore, double[] Hidden, double[] Cell);

    public State Forward(double[] ofInput, double[] ofRecurrent, double[] hidden, double[] kept, double[]? peepholes)
    {
        var (next, nextCell) = (new double[Units], new double[Units]);
        for (var unit = 0; unit < Units; unit++)
        {
            double Sum(int gate) => ofInput[(gate * Units) + unit] + ofRecurrent[(gate * Units) + unit];
            switch (Layer)
            {
                case GRUAttribute:
                    var z = Gate.Value(Sum(1));
                    var n = Function.Value(ofInput[(2 * Units) + unit] + (Gate.Value(Sum(0)) * ofRecurrent[(2 * Units) + unit]));
                    next[unit] = ((1 - z) * n) + (z * hidden[unit]);
                    break;
                case LSTMAttribute:
                    var (input, forget) = (Sum(0) + (Peephole(peepholes, 0, unit) * kept[unit]), Sum(1) + (Peephole(peepholes, 1, unit) * kept[unit]));
                    nextCell[unit] = (Gate.Value(forget) * kept[unit]) + (Gate.Value(input) * Function.Value(Sum(2)));
                    next[unit] = Gate.Value(Sum(3) + (Peephole(peepholes, 2, unit) * nextCell[unit])) * Function.Value(nextCell[unit]);
                    break;
                default:
                    next[unit] = Function.Value(Sum(0));
                    break;
            }
        }

        return new State(ofInput, ofRecurrent, hidden, kept, next, nextCell);
    }

    /// <summary>
    /// The gradients of the sums over the input and over the hidden state, of what comes directly to the hidden state before, of the cell state before,
    /// and of the peepholes.
    /// </summary>
    public (double[] OfInput, double[] OfRecurrent, double[] Before, double[] CellBefore, double[] Peepholes) Backward(State state, double[] hidden, double[] cell, double[]? peepholes)
    {
        var (ofInput, ofRecurrent) = (new double[state.OfInput.Length], new double[state.OfInput.Length]);
        var (before, cellBefore, ofPeepholes) = (new double[Units], new double[Units], new double[3 * Units]);
        for (var unit = 0; unit < Units; unit++)
        {
            double Sum(int gate) => state.OfInput[(gate * Units) + unit] + state.OfRecurrent[(gate * Units) + unit];
            void Set(int gate, double value) => ofInput[(gate * Units) + unit] = ofRecurrent[(gate * Units) + unit] = value;
            var d = hidden[unit];
            switch (Layer)
            {
                case GRUAttribute:
                    var product = state.OfRecurrent[(2 * Units) + unit];
                    var (r, z) = (Gate.Value(Sum(0)), Gate.Value(Sum(1)));
                    var sum = state.OfInput[(2 * Units) + unit] + (r * product);
                    var ofSum = d * (1 - z) * Function.Derivative(sum);
                    Set(0, ofSum * product * Gate.Derivative(Sum(0)));
                    Set(1, d * (state.HiddenBefore[unit] - Function.Value(sum)) * Gate.Derivative(Sum(1)));
                    ofInput[(2 * Units) + unit] = ofSum;
                    ofRecurrent[(2 * Units) + unit] = ofSum * r;
                    before[unit] = d * z;
                    break;
                case LSTMAttribute:
                    var (kept, now) = (state.CellBefore[unit], state.Cell[unit]);
                    var (input, forget, output) = (Sum(0) + (Peephole(peepholes, 0, unit) * kept), Sum(1) + (Peephole(peepholes, 1, unit) * kept), Sum(3) + (Peephole(peepholes, 2, unit) * now));
                    var ofOutput = d * Function.Value(now) * Gate.Derivative(output);
                    var ofCell = cell[unit] + (d * Gate.Value(output) * Function.Derivative(now)) + (ofOutput * Peephole(peepholes, 2, unit));
                    var ofInputGate = ofCell * Function.Value(Sum(2)) * Gate.Derivative(input);
                    var ofForget = ofCell * kept * Gate.Derivative(forget);
                    Set(0, ofInputGate);
                    Set(1, ofForget);
                    Set(2, ofCell * Gate.Value(input) * Function.Derivative(Sum(2)));
                    Set(3, ofOutput);
                    (ofPeepholes[unit], ofPeepholes[Units + unit], ofPeepholes[(2 * Units) + unit]) = (ofInputGate * kept, ofForget * kept, ofOutput * now);
                    cellBefore[unit] = (ofCell * Gate.Value(forget)) + (ofInputGate * Peephole(peepholes, 0, unit)) + (ofForget * Peephole(peepholes, 1, unit));
                    break;
                default:
                    Set(0, d * Function.Derivative(Sum(0)));
                    break;
            }
        }

        return (ofInput, ofRecurrent, before, cellBefore, ofPeepholes);
    }

    private double Peephole(double[]? peepholes, int gate, int unit) => peepholes is null ? 0 : peepholes[(gate * Units) + unit];

    /// <summary>How near a step is to a point without derivative.</summary>
    public double KinkDistance(State state, double[]? peepholes)
    {
        var distance = double.PositiveInfinity;
        for (var index = 0; index < state.OfInput.Length; index++)
        {
            var (gate, unit) = (index / Units, index % Units);
            var isCandidate = Layer is SimpleRNNAttribute || gate == 2;
            var sum = state.OfInput[index] + state.OfRecurrent[index];
            if (Layer is LSTMAttribute && !isCandidate)
                sum += Peephole(peepholes, gate == 3 ? 2 : gate, unit) * (gate == 3 ? state.Cell : state.CellBefore)[unit];
            if (Layer is GRUAttribute && gate == 2)
                sum = state.OfInput[index] + (Gate.Value(state.OfInput[unit] + state.OfRecurrent[unit]) * state.OfRecurrent[index]);
            foreach (var kink in (isCandidate ? Function : Gate).Kinks)
                distance = Math.Min(distance, Math.Abs(sum - kink));
        }

        foreach (var kink in Layer is LSTMAttribute ? Function.Kinks : [])
            distance = Math.Min(distance, state.Cell.Min(value => Math.Abs(value - kink)));
        return distance;
    }
}
