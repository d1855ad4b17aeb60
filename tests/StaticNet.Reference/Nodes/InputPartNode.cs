namespace StaticNet.Reference.Nodes;

/// <summary>One of several inputs, which a sample holds one after the other.</summary>
/// <param name="name">The input's name.</param>
/// <param name="offset">Where it begins in the sample.</param>
/// <param name="shape">Its shape, channels first.</param>
/// <param name="channelsLast">Whether the sample holds it with its channels last.</param>
internal sealed class InputPartNode(string name, int offset, int[] shape, bool channelsLast) : Node(name, [0], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var part = inputs[0][offset..(offset + Length)];
        return channelsLast ? ChannelsLast.ToFirst(part, Shape) : part;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var whole = new double[inputs[0].Length];
        (channelsLast ? ChannelsLast.FromFirst(gradient, Shape) : gradient).CopyTo(whole, offset);
        return [whole];
    }
}
