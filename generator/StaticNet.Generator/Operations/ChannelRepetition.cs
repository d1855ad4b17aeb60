namespace StaticNet.Generator.Operations;

/// <summary>Each channel several times in a row; channels last.</summary>
internal sealed class ChannelRepetition(string layer, Value input, int times) : Operation(layer, [input], input.Type.WithLast(input.Type.Last * times))
{
    public int Times { get; } = times;

    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    public override string Verb => "Repeat";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new ChannelRepetitionGradient(Layer, gradient, Inputs[0], Times)));
    }
}

/// <summary>dx: the sum of the gradients of a channel's repetitions.</summary>
internal sealed class ChannelRepetitionGradient(string layer, Value gradient, Value input, int times) : Operation(layer, [gradient], input.Type)
{
    public int Times { get; } = times;

    public override string Verb => "RepeatGradient";
}
