using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>How sets of adjacent elements are normalised: each row, or, where channels are last, each sample.</summary>
/// <param name="Rows">The rows of a set: 1, or all of a sample.</param>
/// <param name="IsCentred">Whether the mean is subtracted; otherwise the elements are divided by the root of the mean of their squares.</param>
/// <param name="Epsilon">What is added inside the root.</param>
/// <param name="Weight">γ, an element of the set each, or null; panels where a set has several rows.</param>
/// <param name="Bias">β, likewise.</param>
internal sealed record LayerNormRule(int Rows, bool IsCentred, float Epsilon, Parameter? Weight, Parameter? Bias)
{
    public IEnumerable<Parameter> Parameters => new[] { Weight, Bias }.OfType<Parameter>();
}

/// <summary>For each set 1 / deviation and, where it is subtracted, the mean.</summary>
internal sealed class LayerMoments(string layer, Value input, LayerNormRule norm)
    : Operation(layer, [input], TensorType.Of(input.Type.Rows / norm.Rows, 2))
{
    /// <summary>The places of the two in a row.</summary>
    public const int Inverse = 0, Mean = 1;

    public LayerNormRule Norm { get; } = norm;

    public override bool IsAuxiliary => true;

    public override string Verb => "Moments";
}

/// <summary>y = γ·(x − mean) / deviation + β.</summary>
internal sealed class LayerNormalization(string layer, Value input, Value moments, LayerNormRule norm) : Operation(layer, [input, moments], input.Type)
{
    public LayerNormRule Norm { get; } = norm;

    public override TailUse Tail => TailUse.Rows;

    public override string Verb => "Normalize";

    public override IEnumerable<Parameter> Parameters => Norm.Parameters;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Norm.Weight is { Trainable: true } weight)
            backward.Add(new LayerNormParameterGradient(Layer, weight, gradient, Inputs[0], Inputs[1], Norm));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new LayerNormGradient(Layer, gradient, Inputs[0], Inputs[1], Norm)));
    }
}

/// <summary>dx = (γ·dy − mean(γ·dy) − x̂·mean(γ·dy·x̂)) / deviation, with the normalised x̂; without the first mean where none is subtracted.</summary>
internal sealed class LayerNormGradient(string layer, Value gradient, Value input, Value moments, LayerNormRule norm)
    : Operation(layer, [gradient, input, moments], input.Type)
{
    public LayerNormRule Norm { get; } = norm;

    public override string Verb => "NormalizeGradient";

    public override IEnumerable<Parameter> Parameters => Norm.Weight is null ? [] : [Norm.Weight];
}

/// <summary>dγ = Σ dy·x̂ and dβ = Σ dy over the sets.</summary>
internal sealed class LayerNormParameterGradient(string layer, Parameter weight, Value gradient, Value input, Value moments, LayerNormRule norm)
    : ParameterGradient(layer, weight, [gradient, input, moments])
{
    public LayerNormRule Norm { get; } = norm;

    public override string Verb => "ParameterGradients";

    public override IEnumerable<Parameter> Parameters => Norm.Parameters;
}
