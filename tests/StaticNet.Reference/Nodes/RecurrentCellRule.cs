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

    public State Forward(double[] ofInput, double[] ofRecurrent, double[] hidden, double[] kept)
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
                    nextCell[unit] = (Gate.Value(Sum(1)) * kept[unit]) + (Gate.Value(Sum(0)) * Function.Value(Sum(2)));
                    next[unit] = Gate.Value(Sum(3)) * Function.Value(nextCell[unit]);
                    break;
                default:
                    next[unit] = Function.Value(Sum(0));
                    break;
            }
        }

        return new State(ofInput, ofRecurrent, hidden, kept, next, nextCell);
    }

    /// <summary>The gradients of the sums over the input and over the hidden state, of what comes directly to the hidden state before, and of the cell state before.</summary>
    public (double[] OfInput, double[] OfRecurrent, double[] Before, double[] CellBefore) Backward(State state, double[] hidden, double[] cell)
    {
        var (ofInput, ofRecurrent) = (new double[state.OfInput.Length], new double[state.OfInput.Length]);
        var (before, cellBefore) = (new double[Units], new double[Units]);
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
                    var ofCell = cell[unit] + (d * Gate.Value(Sum(3)) * Function.Derivative(state.Cell[unit]));
                    Set(0, ofCell * Function.Value(Sum(2)) * Gate.Derivative(Sum(0)));
                    Set(1, ofCell * state.CellBefore[unit] * Gate.Derivative(Sum(1)));
                    Set(2, ofCell * Gate.Value(Sum(0)) * Function.Derivative(Sum(2)));
                    Set(3, d * Function.Value(state.Cell[unit]) * Gate.Derivative(Sum(3)));
                    cellBefore[unit] = ofCell * Gate.Value(Sum(1));
                    break;
                default:
                    Set(0, d * Function.Derivative(Sum(0)));
                    break;
            }
        }

        return (ofInput, ofRecurrent, before, cellBefore);
    }

    /// <summary>How near a step is to a point without derivative.</summary>
    public double KinkDistance(State state)
    {
        var distance = double.PositiveInfinity;
        for (var index = 0; index < state.OfInput.Length; index++)
        {
            var (gate, unit) = (index / Units, index % Units);
            var isCandidate = Layer is SimpleRNNAttribute || gate == 2;
            var sum = state.OfInput[index] + state.OfRecurrent[index];
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
