using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A recurrent layer: a cell that goes through the steps of a sequence, in one direction or in both.</summary>
internal sealed record RecurrentLayer(
    CellKind Cell, int Units, SequenceDirection Direction, bool ReturnsSequences, Activation Activation, Activation Gate, bool Bias, bool RecurrentBias, Initialization Kernel, Initialization RecurrentKernel,
    float BiasValue, float ForgetBias, bool Trainable, Unrolling Unrolling, bool ResetsAfter, bool HasPeepholes, bool LearnsState, double Dropout, bool WeightNorm, int Projection) : Layer
{
    /// <summary>The functions of cells: their outputs alone tell their derivatives, so that no sum need be kept, and are finite for zero.</summary>
    private static readonly Activation[] Functions =
    [
        Vocabulary.Activation.Tanh, Vocabulary.Activation.Sigmoid, Vocabulary.Activation.HardSigmoid, Vocabulary.Activation.HardTanh,
        Vocabulary.Activation.ReLU, Vocabulary.Activation.ReLU6, Vocabulary.Activation.LeakyReLU, Vocabulary.Activation.Softsign, Vocabulary.Activation.LeCunTanh,
        Vocabulary.Activation.Identity,
    ];

    public override string Kind => Cell switch
    {
        CellKind.Gru => "gru",
        CellKind.Lstm => "lstm",
        _ => "simpleRNN",
    };

    public override string AttributeName => Cell switch
    {
        CellKind.Gru => "GRU",
        CellKind.Lstm => "LSTM",
        _ => "SimpleRNN",
    };

    public override string Title => $"{AttributeName} {Invariant.Text(Units)}{(Projection == 0 ? "" : $" to {Invariant.Text(Projection)}")}{(Direction == SequenceDirection.Forward ? "" : ", " + Direction.ToString().ToLowerInvariant())}";

    public override bool TakesSequences => true;

    public override bool EndsSequence => !ReturnsSequences;

    public override bool LooksAhead => Direction != SequenceDirection.Forward;

    public override bool Trains => Trainable;

    /// <summary>The elements of its hidden state.</summary>
    public int HiddenUnits => Projection == 0 ? Units : Projection;

    private int Gates => RecurrentCell.GatesOf(Cell).Count;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Units is < 1 or > Limits.MostUnits)
            return errors.Argument("units", $"1 to {Limits.MostUnits}", Invariant.Text(Units));
        if (!Functions.Contains(Activation))
            return errors.Argument("Activation", $"one of {string.Join(", ", Functions)}", Activation.ToString());
        if (!Functions.Contains(Gate))
            return errors.Argument("RecurrentActivation", $"one of {string.Join(", ", Functions)}", Gate.ToString());
        if (Projection < 0 || Projection >= Units)
            return errors.Argument("Projection", $"0 or more and below the units, {Invariant.Text(Units)}", Invariant.Text(Projection));
        if (Dropout is not (>= 0 and < 1))
            return errors.Argument("RecurrentDropout", "0 or more and below 1", Invariant.Text(Dropout));
        if (WeightNorm && !ResetsAfter)
            return errors.Argument("WeightNorm", "false where ResetAfter is false", "true");
        return inputs[0].Rank > 1
            ? errors.Shapes($"{Title} takes features, but each step is {inputs[0]}: put [Flatten] before it")
            : TensorType.Of(checked(HiddenUnits * (Direction == SequenceDirection.Bidirectional ? 2 : 1)));
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var cell = new RecurrentCell(Cell, Units, FunctionOf(Activation), FunctionOf(Gate)) { ResetsBefore = !ResetsAfter, HasPeepholes = HasPeepholes, Projection = Projection };
        var directions = Direction switch
        {
            SequenceDirection.Forward => new[] { OneWay("", isReverse: false) },
            SequenceDirection.Reverse => [OneWay("", isReverse: true)],
            _ => [OneWay("", isReverse: false), OneWay("_reverse", isReverse: true)],
        };
        return directions.Length == 1 ? directions[0] : network.Concat(directions, 0);

        LogicalValue OneWay(string ending, bool isReverse)
        {
            var rows = Gates * Units;
            var (weight, scale) = Weight("weight_ih", [rows, inputs[0].Type.Last], Kernel.For(Vocabulary.Activation.Tanh), Gates);
            var shared = cell.GatesOfHidden;
            var (recurrent, recurrentScale) = Weight("weight_hh", [shared * Units, HiddenUnits], RecurrentKernel, shared);
            var candidate = cell.ResetsBefore ? network.Parameter("weight_hn" + ending, ParameterKind.Weight, [Units, Units], RecurrentKernel, Trainable) : null;
            var bias = Bias ? BiasOf(network, "bias_ih" + ending) : null;
            var recurrentBias = RecurrentBias ? network.Parameter("bias_hh" + ending, ParameterKind.Bias, [rows], Initialization.Zeros, Trainable, gates: Gates) : null;
            var peephole = HasPeepholes ? network.Parameter("peephole" + ending, ParameterKind.Gain, [RecurrentCell.PeepholeGates.Count * Units], Initialization.Zeros, Trainable, gates: RecurrentCell.PeepholeGates.Count) : null;
            var ofOutput = cell.IsProjected ? network.Parameter("weight_hr" + ending, ParameterKind.Weight, [Projection, Units], Kernel.For(Vocabulary.Activation.Identity), Trainable) : null;
            var hidden = LearnsState ? InitialState("h0", HiddenUnits) : null;
            var kept = LearnsState && cell.HasCellState ? InitialState("c0", Units) : null;
            var states = network.Recur(inputs[0], cell, (weight, bias, scale), new RecurrentWeights(recurrent, recurrentBias, candidate, peephole, hidden, kept, ofOutput, recurrentScale), isReverse, Unrolling, Dropout);
            return ReturnsSequences ? states : network.SelectStep(states, isFirst: isReverse);

            (Parameter, WeightNormScale?) Weight(string name, int[] shape, Initialization initialization, int gates) => WeightNorm
                ? network.Normalize(name + ending, shape, initialization, Trainable, gates)
                : (network.Parameter(name + ending, ParameterKind.Weight, shape, initialization, Trainable, gates: gates), null);

            Parameter InitialState(string name, int units) => network.Parameter(name + ending, ParameterKind.Bias, [units], Initialization.Zeros, Trainable);
        }
    }

    private Parameter BiasOf(Lowering network, string name)
    {
        // One number for each gate.
        EquatableArray<float> starts = Cell == CellKind.Lstm && ForgetBias != 0 ? new[] { BiasValue, BiasValue + ForgetBias, BiasValue, BiasValue }.ToEquatableArray() : default;
        return network.Parameter(name, ParameterKind.Bias, [Gates * Units], Initialization.Constant(BiasValue), Trainable, gates: Gates, values: starts);
    }

    private static ElementFunction FunctionOf(Activation activation) =>
        activation == Vocabulary.Activation.Identity ? new ElementFunction("", ElementFunctions.X) : ActivationFunctions.Of(activation, Defaults.Own);
}
