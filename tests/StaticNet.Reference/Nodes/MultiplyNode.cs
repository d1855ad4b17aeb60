namespace StaticNet.Reference.Nodes;

/// <summary>The product, element by element, of values of one shape.</summary>
internal sealed class MultiplyNode(string name, int[] sources, int[] shape) : Node(name, sources, shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs.Aggregate(1.0, (product, input) => product * input[index]);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var result = Array.ConvertAll(inputs, _ => new double[Length]);
        for (var input = 0; input < inputs.Length; input++)
        {
            for (var index = 0; index < Length; index++)
            {
                var others = 1.0;
                for (var other = 0; other < inputs.Length; other++)
                    others *= other == input ? 1 : inputs[other][index];
                result[input][index] = gradient[index] * others;
            }
        }

        return result;
    }
}
