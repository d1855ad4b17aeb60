using StaticNet.Generator.Operations;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>What a recurrent cell makes of the sums of its gates, vector by vector, and the gradient of that.</summary>
/// <param name="cell">The cell.</param>
internal sealed class CellSyntax(RecurrentCell cell)
{
    /// <summary>The cell's name.</summary>
    public string Title => cell.Kind switch
    {
        CellKind.Gru => "a GRU",
        CellKind.Lstm => "an LSTM",
        _ => "a recurrent layer",
    };

    /// <summary>Its size, in words.</summary>
    public string Units => $"{Invariant.Text(cell.Units)} units{(cell.IsProjected ? $" and a hidden state of {Invariant.Text(cell.Projection)}" : "")}";

    /// <summary>The equations, one sentence.</summary>
    public string Equations => cell.Kind switch
    {
        CellKind.Gru when cell.ResetsBefore => $"hidden = update * before + (1 - update) * candidate, candidate = {cell.Activation.Name}(sum), which takes reset * before.",
        CellKind.Gru => $"hidden = update * before + (1 - update) * candidate, candidate = {cell.Activation.Name}(sum + reset * product).",
        CellKind.Lstm => $"cell = forget * cell + input * candidate, hidden = {(cell.IsProjected ? "projection of " : "")}output * {cell.Activation.Name}(cell).",
        _ => $"hidden = {cell.Activation.Name}(sum).",
    };

    /// <summary>What a gate is of its sum, which is named where the function needs it twice.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="memory">Where its operands are.</param>
    public string Apply(CodeWriter writer, VectorSyntax v, int gate, string sum, ICellMemory memory)
    {
        if (!IsComplete(gate))
            return sum;
        if (cell.HasPeepholes && gate < RecurrentCell.Candidate)
            sum = v.MultiplyAdd(memory.Peephole(gate), memory.CellBefore, sum);
        return Apply(writer, v, cell.Kind == CellKind.Simple || gate == RecurrentCell.Candidate ? cell.Activation : cell.Gate, sum, cell.Gates[gate]);
    }

    /// <summary>Whether a gate is known from its sum; otherwise it takes what the cell makes of others.</summary>
    public bool IsComplete(int gate) => gate < cell.Gates.Count && !(cell.HasProductApart && gate == RecurrentCell.Candidate) && !(cell.HasPeepholes && gate == RecurrentCell.OutputGate);

    /// <summary>Writes a body for each vector of units; lanes beyond the last unit are to be cleared where they would not stay zero.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="body">Takes the vector's lane, and the mask of its units; null: nothing is to be cleared.</param>
    public void WriteUnits(CodeWriter writer, VectorSyntax v, Action<Affine, string?> body)
    {
        var whole = cell.FillsPadding ? cell.Units / v.Lanes * v.Lanes : cell.Stride;
        if (whole > 0)
            RowLoops.Write(writer, v, whole, (lane, _) => body(lane, null));
        for (var lane = whole; lane < cell.Stride; lane += v.Lanes)
        {
            var (first, mask) = (lane, RowLoops.Mask(v, Math.Max(cell.Units - lane, 0)));
            writer.Block("", () => body(first, mask));
        }
    }

    /// <summary>Writes the states of one vector of a step.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="memory">Where its operands are, and where its results go.</param>
    public void WriteForward(CodeWriter writer, VectorSyntax v, ICellMemory memory)
    {
        switch (cell.Kind)
        {
            case CellKind.Gru when cell.ResetsBefore:
                memory.StoreHidden(v.MultiplyAdd(memory.Gate(1), $"{memory.HiddenBefore} - {Affine.Factor(memory.Gate(2))}", memory.Gate(2)));
                break;
            case CellKind.Gru:
                writer.Set("candidate", Apply(writer, v, cell.Activation, v.MultiplyAdd(memory.Gate(0), memory.Product, memory.CandidateSum), "candidate"));
                memory.StoreLate(RecurrentCell.Candidate, "candidate");
                memory.StoreHidden(v.MultiplyAdd(memory.Gate(1), $"{memory.HiddenBefore} - candidate", "candidate"));
                break;
            case CellKind.Lstm:
                writer.Set("state", v.MultiplyAdd(memory.Gate(1), memory.CellBefore, $"{memory.Gate(0)} * {memory.Gate(2)}"));
                memory.StoreCell("state");
                var output = memory.Gate(RecurrentCell.OutputGate);
                if (cell.HasPeepholes)
                {
                    writer.Set("shownBy", Apply(writer, v, cell.Gate, v.MultiplyAdd(memory.Peephole(2), "state", output), "shownBy"));
                    output = "shownBy";
                    memory.StoreLate(RecurrentCell.OutputGate, output);
                }

                memory.StoreHidden($"{output} * {Apply(writer, v, cell.Activation, "state", "shown")}");
                break;
            default:
                memory.StoreHidden(memory.Gate(0));
                break;
        }
    }

    /// <summary>Writes the gradient of one vector of the reset gate, by that of the hidden state times it.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="memory">Where its operands are, and where its results go.</param>
    /// <param name="ofReset">The gradient of the hidden state times the reset gate.</param>
    /// <param name="carried">What the hidden state of the step before gets directly so far.</param>
    public void WriteBackwardOfReset(CodeWriter writer, VectorSyntax v, ICellGradientMemory memory, string ofReset, string carried)
    {
        writer.Set("reset", memory.Gate(0));
        writer.Set("gradient", ofReset);
        memory.StoreSum(0, Derive(v, cell.Gate, $"gradient * {memory.HiddenBefore}", "reset"), isOfProduct: true);
        memory.StoreCarried(v.MultiplyAdd("gradient", "reset", carried));
    }

    /// <summary>Writes the gradient of one vector of a step.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="memory">Where its operands are, and where its results go.</param>
    public void WriteBackward(CodeWriter writer, VectorSyntax v, ICellGradientMemory memory)
    {
        writer.Set("gradient", memory.HiddenGradient);
        switch (cell.Kind)
        {
            case CellKind.Gru when cell.ResetsBefore:
                // The reset gate's gradient follows when the candidate's has gone through its weight.
                writer.Set("update", memory.Gate(1));
                writer.Set("candidate", memory.Gate(2));
                writer.Set("ofUpdate", "gradient * update");
                memory.StoreSum(1, Derive(v, cell.Gate, $"gradient * ({memory.HiddenBefore} - candidate)", "update"), isOfProduct: true);
                memory.StoreSum(2, Derive(v, cell.Activation, "gradient - ofUpdate", "candidate"), isOfProduct: false);
                memory.StoreCarried("ofUpdate");
                break;
            case CellKind.Gru:
                for (var gate = 0; gate < 3; gate++)
                    writer.Set(cell.Gates[gate], memory.Gate(gate));
                writer.Set("ofUpdate", "gradient * update");
                writer.Set("ofCandidate", Derive(v, cell.Activation, "gradient - ofUpdate", "candidate"));
                memory.StoreSum(0, Derive(v, cell.Gate, $"ofCandidate * {memory.Product}", "reset"), isOfProduct: true);
                memory.StoreSum(1, Derive(v, cell.Gate, $"gradient * ({memory.HiddenBefore} - candidate)", "update"), isOfProduct: true);
                memory.StoreSum(2, "ofCandidate", isOfProduct: false);
                memory.StoreProduct(2, "ofCandidate * reset");
                memory.StoreCarried("ofUpdate");
                break;
            case CellKind.Lstm:
                for (var gate = 0; gate < 4; gate++)
                    writer.Set(cell.Gates[gate], memory.Gate(gate));
                writer.Set("shown", Apply(writer, v, cell.Activation, memory.CellState, "shown"));
                writer.Set("ofCell", $"{memory.CellGradient} + {Affine.Factor(Derive(v, cell.Activation, "gradient * output", "shown"))}");
                if (cell.HasPeepholes)
                {
                    WritePeepholes(writer, v, memory);
                }
                else
                {
                    memory.StoreSum(0, Derive(v, cell.Gate, "ofCell * candidate", "input"), isOfProduct: true);
                    memory.StoreSum(1, Derive(v, cell.Gate, $"ofCell * {memory.CellBefore}", "forget"), isOfProduct: true);
                    memory.StoreSum(3, Derive(v, cell.Gate, "gradient * shown", "output"), isOfProduct: true);
                    memory.StoreCellGradient("ofCell * forget");
                }

                memory.StoreSum(2, Derive(v, cell.Activation, "ofCell * input", "candidate"), isOfProduct: true);
                memory.StoreCarried(v.Zero);
                break;
            default:
                writer.Set("hidden", memory.Hidden);
                memory.StoreSum(0, Derive(v, cell.Activation, "gradient", "hidden"), isOfProduct: true);
                memory.StoreCarried(v.Zero);
                break;
        }
    }

    /// <summary>Writes the gradients of an LSTM's gates that look at the cell state, and of that.</summary>
    private void WritePeepholes(CodeWriter writer, VectorSyntax v, ICellGradientMemory memory)
    {
        // The output's gate saw the cell state of this step, the others that of the step before.
        writer.Set("ofOutput", Derive(v, cell.Gate, "gradient * shown", "output"));
        writer.Line($"ofCell = {v.MultiplyAdd("ofOutput", memory.Peephole(2), "ofCell")};");
        writer.Set("ofInput", Derive(v, cell.Gate, "ofCell * candidate", "input"));
        writer.Set("before", memory.CellBefore);
        writer.Set("ofForget", Derive(v, cell.Gate, "ofCell * before", "forget"));
        memory.StoreSum(0, "ofInput", isOfProduct: true);
        memory.StoreSum(1, "ofForget", isOfProduct: true);
        memory.StoreSum(3, "ofOutput", isOfProduct: true);
        memory.StorePeephole(0, "ofInput * before");
        memory.StorePeephole(1, "ofForget * before");
        memory.StorePeephole(2, $"ofOutput * {memory.CellState}");
        memory.StoreCellGradient(v.MultiplyAdd("ofForget", memory.Peephole(1), v.MultiplyAdd("ofInput", memory.Peephole(0), "ofCell * forget")));
    }

    private static string Apply(CodeWriter writer, VectorSyntax v, ElementFunction function, string operand, string name)
    {
        if (function.UsesTwice(0) && operand.Any(character => !char.IsLetterOrDigit(character)))
        {
            writer.Set(name + "Argument", operand);
            operand = name + "Argument";
        }

        return function.Write(v, [operand]);
    }

    /// <summary>The gradient of a function's operand by that of its output, from the output alone.</summary>
    private static string Derive(VectorSyntax v, ElementFunction function, string gradient, string output)
    {
        var rule = function.Gradient(0, 1);
        return rule.Function is null ? gradient : rule.Function.Write(v, [Affine.Factor(gradient), .. rule.Operands.Select(_ => output)]);
    }
}
