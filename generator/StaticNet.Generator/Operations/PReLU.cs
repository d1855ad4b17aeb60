namespace StaticNet.Generator.Operations;

/// <summary>x where x &gt; 0, else x times a learned slope: one per channel (the first axis), or one for all.</summary>
internal sealed class PReLU(string layer, Value input, Parameter slope) : Elementwise(layer, ElementFunctions.PReLU, [input], [new LaneOperand(slope)])
{
    public override void Differentiate(Backward backward, Value gradient)
    {
        if (slope.Trainable)
            backward.Add(new SumGradient(Layer, slope, [gradient, Inputs[0]], Inputs[0].Type, ElementFunctions.SlopeGradient));
        base.Differentiate(backward, gradient);
    }
}
