using StaticNet.Importing;
using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Products with matrices, which are dense layers if the matrix is a constant.</summary>
internal sealed partial class ModelMapper
{
    private void AddProducts()
    {
        Add("Gemm", Gemm);
        Add("MatMul", (_, inputs) => MatMul(inputs[0]!, inputs[1]!));
    }

    private Value Gemm(GraphNode node, Value?[] inputs)
    {
        var (a, b) = (inputs[0]!, inputs[1]!);
        if (node.Integer("transA", 0) != 0)
            a = a.Constant is { } constant ? Value.Of(Turned(constant)) : Transposed(a, [1, 0]);
        if (node.Integer("transB", 0) != 0)
            b = b.Constant is { } constant ? Value.Of(Turned(constant)) : Transposed(b, [1, 0]);
        if (a.Shape.Length != 2 || b.Shape.Length != 2)
            throw new ModelFaultException($"it multiplies {Indexing.Text(a.Shape)} by {Indexing.Text(b.Shape)}, but takes matrices");
        var alpha = node.Single("alpha", 1);
        if (b.Constant is { } weight && alpha != 1)
            (b, alpha) = (Value.Of(Tensor.Of([.. weight.AsFloats().Select(number => number * alpha)], weight.Shape)), 1);
        var product = MatMul(a, b);
        if (alpha != 1)
            product = Applied(product, x => Pair("*", x, Expression.Number(alpha)));
        if (!Has(inputs, 2) || node.Single("beta", 1) is var beta && beta == 0)
            return product;
        var added = beta == 1 ? inputs[2]! : Combined("*", inputs[2]!, Value.Of(Tensor.Of([beta])));
        var sum = Combined("+", product.ReadBy(only: true), added);
        return sum.Shape.SequenceEqual(product.Shape) ? sum : throw new ModelFaultException($"its bias {Indexing.Text(added.Shape)} does not fit its product {Indexing.Text(product.Shape)}");
    }

    public static Tensor Turned(Tensor matrix) => matrix.Shape.Length == 2
        ? matrix.Picked(Indexing.Places([matrix.Shape[1], matrix.Shape[0]], [1, matrix.Shape[1]], 0), [matrix.Shape[1], matrix.Shape[0]])
        : throw new ModelFaultException($"{Indexing.Text(matrix.Shape)} is not a matrix");

    private Value MatMul(Value a, Value b)
    {
        // A vector on the left is a row, one on the right a column, and neither is an axis of the result.
        int[] left = a.Shape.Length == 1 ? [1, .. a.Shape] : [.. a.Shape];
        int[] right = b.Shape.Length == 1 ? [.. b.Shape, 1] : [.. b.Shape];
        if (left.Length < 2 || right.Length < 2 || left[^1] != right[^2])
            throw new ModelFaultException($"the shapes {Indexing.Text(a.Shape)} and {Indexing.Text(b.Shape)} cannot be multiplied");
        var batch = Indexing.Broadcast(left[..^2], right[..^2]);
        int[] shape = [.. batch, .. a.Shape.Length == 1 ? Array.Empty<int>() : [left[^2]], .. b.Shape.Length == 1 ? Array.Empty<int>() : [right[^1]]];
        var result = b.Constant is { } weight && Indexing.Length(right[..^2]) == 1 ? Dense(a, weight.Reshaped(right[^2..]))
            : a.Constant is { } matrix && Indexing.Length(left[..^2]) == 1 ? FromLeft(matrix.Reshaped(left[^2..]), b.Reshaped(right), batch)
            : Pairwise(Computed(a.Reshaped(left)), Computed(b.Reshaped(right)), batch);
        return Value.Of(result, shape);
    }

    /// <summary>x · W, with the weight [inputs, outputs].</summary>
    private LayerNode Dense(Value value, Tensor weight)
    {
        var (inputs, units) = (weight.Shape[0], weight.Shape[1]);
        var layer = Layer(value);
        if (layer.Shape[^1] != inputs || layer.Length == inputs)
            layer = layer.Length == inputs ? _build.View(layer, inputs) : _build.View(layer, layer.Length / inputs, inputs);
        return LayerBuilder.Layer(new AttributeDeclaration("Dense", units).With("Bias", false), layer, [.. layer.Shape.AsSpan()[..^1], units])
            .With("weight", Turned(weight).AsFloats(), units, inputs);
    }

    /// <summary>A · x, with the columns of x as rows of a dense layer.</summary>
    private LayerNode FromLeft(Tensor matrix, Value value, int[] batch)
    {
        var (rows, inner, columns, count) = (matrix.Shape[0], matrix.Shape[1], value.Shape[^1], Indexing.Length(batch));
        return Linear(Layer(value), count, inner, columns, matrix.AsFloats(), rows);
    }

    /// <summary>A constant as a layer: an input times 0, plus the constant, is what a join can take.</summary>
    private static Value Computed(Value value) => value.Constant is null ? value : throw new ModelFaultException("it multiplies several constant matrices by computed ones");

    /// <summary>Products of computed matrices, of which the second may be there transposed already.</summary>
    private LayerNode Pairwise(Value a, Value b, int[] batch)
    {
        var (count, rows, inner, columns) = (Indexing.Length(batch), a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        var left = _build.Broadcast(Layer(a), a.Shape, [.. batch, rows, inner]);
        var right = _build.Broadcast(Layer(b), b.Shape, [.. batch, inner, columns]);
        int[] first = count == 1 ? [rows, inner] : [count, rows, inner];
        int[] second = count == 1 ? [inner, columns] : [count, inner, columns];
        int[] shape = count == 1 ? [rows, columns] : [count, rows, columns];
        var turned = _build.Transpose(right, [count, inner, columns], [0, 2, 1]);
        // The layer that the transposition takes back.
        var isTransposed = right.Attribute.Name == "Permute" && turned.Attribute.Name != "Permute" && inner > 1 && columns > 1;
        int[] other = isTransposed ? [.. second[..^2], columns, inner] : second;
        var attribute = new AttributeDeclaration("MatMul").With("TransposeSecond", isTransposed, false);
        return LayerGraph.Join(attribute, [_build.View(left, first), _build.View(isTransposed ? turned : right, other)], shape);
    }
}
