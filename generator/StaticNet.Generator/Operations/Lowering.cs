using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Operations;

internal enum ParameterRole
{
    Weight,
    Bias,
    Slope,
}

internal sealed class Value(TensorType type)
{
    public TensorType Type { get; } = type;
}

internal sealed class Parameter;

internal abstract class Lowering
{
    public abstract Parameter Parameter(string name, ParameterRole role, int[] shape, Initialization initialization, bool trainable);

    public abstract Value Contract(Value input, Parameter weight, Parameter? bias, UnrollingChoice unrolling);

    public abstract Value Activate(Value input, ActivationKind kind, float alpha);

    public abstract Value PReLU(Value input, Parameter slope);

    public abstract Value Softmax(Value input, bool logarithm);

    public abstract Value MaxOfPieces(Value input, int pieces);

    public abstract Value Reshape(Value input, TensorType type);

    public abstract Value Dropout(Value input, double rate);

    public abstract Value Add(Value left, Value right);

    public abstract Value Multiply(Value left, Value right);

    public abstract Value Concat(IReadOnlyList<Value> inputs, int axis);
}
