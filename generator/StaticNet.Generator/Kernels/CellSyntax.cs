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

    /// <summary>The equations, one sentence.</summary>
    public string Equations => cell.Kind switch
    {
        CellKind.Gru => $"hidden = update * before + (1 - update) * candidate, candidate = {cell.Activation.Name}(sum + reset * product).",
        CellKind.Lstm => $"cell = forget * cell + input * candidate, hidden = output * {cell.Activation.Name}(cell).",
        _ => $"hidden = {cell.Activation.Name}(sum).",
    };

    /// <summary>Writes one vector of a step.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="memory">Where its operands are, and where its results go.</param>
    public void WriteForward(CodeWriter writer, VectorSyntax v, ICellMemory memory)
    {
        string Gate(int gate, string sum)
        {
            var function = gate == CandidateOf(cell.Kind) ? cell.Activation : cell.Gate;
            var name = cell.Gates[gate];
            writer.Set(name, Apply(writer, v, function, sum, name));
            memory.StoreGate(gate, name);
            return name;
        }

        switch (cell.Kind)
        {
            case CellKind.Gru:
                Gate(0, memory.Sum(0));
                Gate(1, memory.Sum(1));
                writer.Set("product", memory.Sum(2));
                memory.StoreProduct("product");
                Gate(2, v.MultiplyAdd("reset", "product", memory.CandidateSum));
                memory.StoreHidden(v.MultiplyAdd("update", $"{memory.HiddenBefore} - candidate", "candidate"));
                break;
            case CellKind.Lstm:
                foreach (var gate in Enumerable.Range(0, 4))
                    Gate(gate, memory.Sum(gate));
                writer.Set("state", v.MultiplyAdd("forget", memory.CellBefore, "input * candidate"));
                memory.StoreCell("state");
                memory.StoreHidden($"output * {Apply(writer, v, cell.Activation, "state", "shown")}");
                break;
            default:
                writer.Set("sum", memory.Sum(0));
                memory.StoreHidden(Apply(writer, v, cell.Activation, "sum", "hidden"));
                break;
        }
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
                writer.Set("shown", Apply(writer, v, cell.Activation, memory.Cell, "shown"));
                writer.Set("ofCell", $"{memory.CellGradient} + {Factor(Derive(v, cell.Activation, "gradient * output", "shown"))}");
                memory.StoreSum(0, Derive(v, cell.Gate, "ofCell * candidate", "input"), isOfProduct: true);
                memory.StoreSum(1, Derive(v, cell.Gate, $"ofCell * {memory.CellBefore}", "forget"), isOfProduct: true);
                memory.StoreSum(2, Derive(v, cell.Activation, "ofCell * input", "candidate"), isOfProduct: true);
                memory.StoreSum(3, Derive(v, cell.Gate, "gradient * shown", "output"), isOfProduct: true);
                memory.StoreCellGradient("ofCell * forget");
                memory.StoreCarried(v.Zero);
                break;
            default:
                writer.Set("hidden", memory.Hidden);
                memory.StoreSum(0, Derive(v, cell.Activation, "gradient", "hidden"), isOfProduct: true);
                memory.StoreCarried(v.Zero);
                break;
        }
    }

    private static int CandidateOf(CellKind kind) => kind == CellKind.Simple ? 0 : 2;

    private static string Apply(CodeWriter writer, VectorSyntax v, ElementFunction function, string operand, string name)
    {
        if (function.UsesTwice(0) && operand.Any(character => !char.IsLetterOrDigit(character)))
        {
            writer.Set(name + "Sum", operand);
            operand = name + "Sum";
        }

        return function.Write(v, [operand]);
    }

    /// <summary>The gradient of a function's operand by that of its output, from the output alone.</summary>
    private static string Derive(VectorSyntax v, ElementFunction function, string gradient, string output)
    {
        var rule = function.Gradient(0, 1);
        return rule.Function is null ? gradient : rule.Function.Write(v, [Factor(gradient), .. rule.Operands.Select(_ => output)]);
    }

    private static string Factor(string text) => Affine.Factor(text);
}
