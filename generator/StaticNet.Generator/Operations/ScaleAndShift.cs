namespace StaticNet.Generator.Operations;

/// <summary>y = x · coefficient + bias, channel by channel.</summary>
internal sealed class ScaleAndShift(string layer, Value input, Parameter coefficient, Parameter bias)
    : Elementwise(layer, ElementFunctions.ScaleAndShift, [input], [new LaneOperand(coefficient), new LaneOperand(bias)], "Scale")
{
    public override void Differentiate(Backward backward, Value gradient)
    {
        if (coefficient.Trainable)
            backward.Add(new SumGradient(Layer, coefficient, [gradient, Inputs[0]], Inputs[0].Type, ElementFunctions.CoefficientGradient));
        if (bias.Trainable)
            backward.Add(new SumGradient(Layer, bias, [gradient], gradient.Type));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new Elementwise(Layer, ElementFunctions.Scale, [gradient], [new LaneOperand(coefficient)], "ScaleGradient")));
    }
}
