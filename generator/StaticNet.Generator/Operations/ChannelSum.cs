namespace StaticNet.Generator.Operations;

/// <summary>The sum over the channels around each one, of the elements or of their squares; channels last.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">What is summed.</param>
/// <param name="before">How many channels before each one count.</param>
/// <param name="after">How many after it.</param>
/// <param name="ofSquares">Whether the squares are summed.</param>
/// <param name="verb">The end of the method's name.</param>
internal sealed class ChannelSum(string layer, Value input, int before, int after, bool ofSquares, string verb = "ChannelSum") : Operation(layer, [input], input.Type)
{
    /// <summary>What the sum's gradient d becomes on the way through the square of x.</summary>
    private static readonly ElementFunction TwiceProduct = new("2·d·x", (ElementFunctions.X + ElementFunctions.X) * ElementFunctions.Y);

    public int Before { get; } = before;

    public int After { get; } = after;

    public bool OfSquares { get; } = ofSquares;

    public override bool IsAuxiliary => true;

    public override TailUse Tail => TailUse.Rows;

    public override string Verb => verb;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (!backward.Wants(Inputs[0]))
            return;
        var sum = backward.Add(new ChannelSum(Layer, gradient, After, Before, ofSquares: false, verb + "Gradient"));
        backward.Accumulate(Inputs[0], OfSquares ? backward.Add(new Elementwise(Layer, TwiceProduct, [sum, Inputs[0]], verb: "SquareGradient")) : sum);
    }
}
