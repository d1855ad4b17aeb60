namespace StaticNet.Generator.Operations;

/// <summary>What a recurrent layer multiplies its states with.</summary>
/// <param name="Weight">The weight of the hidden state, [gates · units, units of the hidden state].</param>
/// <param name="Bias">The bias of its products, or null.</param>
/// <param name="OfCandidate">The candidate's own weight, where the reset gate multiplies the hidden state before the product; otherwise null.</param>
/// <param name="Peephole">What the gates take of the cell state, [3 · units], or null.</param>
/// <param name="InitialHidden">The hidden state before the first step, or null: zeros.</param>
/// <param name="InitialCell">The cell state before the first step, or null: zeros.</param>
/// <param name="OfOutput">What makes the hidden state of the cell's output, [units of the hidden state, units], or null: it is the output itself.</param>
/// <param name="Scale">What the products with the weight are multiplied by, where that is the direction of a normalised one; otherwise null.</param>
internal sealed record RecurrentWeights(
    Parameter Weight, Parameter? Bias, Parameter? OfCandidate, Parameter? Peephole, Parameter? InitialHidden, Parameter? InitialCell, Parameter? OfOutput,
    WeightNormScale? Scale)
{
    /// <summary>What each step takes.</summary>
    public IEnumerable<Parameter> OfSteps => new[] { Weight, OfCandidate, Bias, Peephole, OfOutput }.OfType<Parameter>();

    /// <summary>What comes before the first step.</summary>
    public IEnumerable<Parameter> OfBeginning => new[] { InitialHidden, InitialCell }.OfType<Parameter>();
}
