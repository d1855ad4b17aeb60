namespace StaticNet.Reference.Nodes;

/// <summary>A function of one number, applied to each.</summary>
internal sealed class ElementwiseNode(string name, int source, int[] shape, ScalarFunction function)
    : Node(name, [source], shape)
{
    public ScalarFunction Function { get; } = function;

    public override double[] Forward(double[][] inputs, Pass pass) => Array.ConvertAll(inputs[0], x => Function.Value(x));

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[Length];
        for (var index = 0; index < Length; index++)
            dx[index] = gradient[index] * Function.Derivative(inputs[0][index]);
        return [dx];
    }

    public override double KinkDistance(double[][] inputs, Pass pass) => Kinks.Distance(inputs[0], Function.Kinks);
}
