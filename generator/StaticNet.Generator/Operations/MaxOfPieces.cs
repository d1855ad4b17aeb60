namespace StaticNet.Generator.Operations;

/// <summary>The maximum of the pieces that follow one another in the last axis.</summary>
internal sealed class MaxOfPieces(string layer, Value input, int pieces) : Operation(layer, [input], input.Type.WithLast(input.Type.Last / pieces))
{
    public int Pieces { get; } = pieces;

    public override string Verb => "Maximum";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new MaxOfPiecesGradient(Layer, gradient, Inputs[0], Output, Pieces)));
    }
}

/// <summary>Passes the gradient to the first piece that is the maximum.</summary>
internal sealed class MaxOfPiecesGradient(string layer, Value gradient, Value input, Value output, int pieces)
    : Operation(layer, [gradient, input, output], input.Type)
{
    public int Pieces { get; } = pieces;

    public override string Verb => "MaximumGradient";
}
