using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>One direction of a recurrent operator: its weights and functions.</summary>
internal sealed class CellRun(CellGates cell, GraphNode node, int units, Tensor weight, Tensor recurrent, float[]? bias, Func<Expression, Expression>[] functions)
{
    public CellGates Cell { get; } = cell;

    public int Units { get; } = units;

    /// <summary>[gates · units, features].</summary>
    public Tensor Weight { get; } = weight;

    /// <summary>[gates · units, units].</summary>
    public Tensor Recurrent { get; } = recurrent;

    public float[]? InputBias { get; } = bias?[..(cell.Gates * units)];

    public float[]? RecurrentBias { get; } = bias?[(cell.Gates * units)..];

    /// <summary>The weights from the cell's state to the gates i, o and f; null for none.</summary>
    public float[]? Peepholes { get; init; }

    public Func<Expression, Expression>[] Functions { get; } = functions;

    /// <summary>Whether the reset gate of a GRU comes after its product, as in PyTorch.</summary>
    public bool IsLinearBeforeReset { get; } = node.Integer("linear_before_reset", 0) != 0;

    /// <summary>The rows of some gates.</summary>
    public Tensor RowsOf(Tensor matrix, int gate, int count)
    {
        var columns = matrix.Shape[1];
        return Tensor.Of(matrix.AsFloats()[(gate * Units * columns)..((gate + count) * Units * columns)], count * Units, columns);
    }
}
