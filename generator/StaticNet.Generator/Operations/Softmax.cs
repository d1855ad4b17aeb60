namespace StaticNet.Generator.Operations;

/// <summary>Softmax or log-softmax over the last axis.</summary>
internal sealed class Softmax(string layer, Value input, bool logarithm) : Operation(layer, [input], input.Type)
{
    public bool Logarithm { get; } = logarithm;

    public override string Verb => Logarithm ? "LogSoftmax" : "Softmax";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new SoftmaxGradient(Layer, gradient, Output, Logarithm)));
    }
}

/// <summary>dx = y(dy − Σ y·dy) for softmax, dx = dy − e^y Σ dy for log-softmax.</summary>
internal sealed class SoftmaxGradient(string layer, Value gradient, Value output, bool logarithm) : Operation(layer, [gradient, output], output.Type)
{
    public bool Logarithm { get; } = logarithm;

    public override string Verb => (Logarithm ? "LogSoftmax" : "Softmax") + "Gradient";
}
