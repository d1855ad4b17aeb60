namespace StaticNet.Reference.Nodes;

/// <summary>A function of one number that a layer has by itself, applied to each.</summary>
internal sealed class FunctionNode(string name, int source, int[] shape, Func<double, double> value, Func<double, double> derivative, double[] kinks)
    : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) => Array.ConvertAll(inputs[0], x => value(x));

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) =>
        [[.. inputs[0].Select((x, index) => gradient[index] * derivative(x))]];

    public override double KinkDistance(double[][] inputs, Pass pass) => Kinks.Distance(inputs[0], kinks);
}
