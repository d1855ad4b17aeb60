using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>How groups of channels are normalised, sample by sample, with the channels last.</summary>
/// <param name="Groups">The number of groups; as many as there are channels for instance normalisation.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Weight">γ, one per channel, or null.</param>
/// <param name="Bias">β, likewise.</param>
internal sealed record GroupNormRule(int Groups, float Epsilon, Parameter? Weight, Parameter? Bias);

/// <summary>Vectors with 1 / deviation and the mean of each channel's group.</summary>
internal sealed class GroupMoments(string layer, Value input, GroupNormRule norm) : Operation(layer, [input], TensorType.Of(2, input.Type.Channels))
{
    public const int InverseRow = 0, MeanRow = 1;

    public GroupNormRule Norm { get; } = norm;

    public override bool IsAuxiliary => true;

    public override string Verb => "Moments";
}

/// <summary>y = γ·(x − mean) / deviation + β.</summary>
internal sealed class GroupNormalization(string layer, Value input, Value moments, GroupNormRule norm) : Operation(layer, [input, moments], input.Type)
{
    public GroupNormRule Norm { get; } = norm;

    public override TailUse Tail => TailUse.Rows;

    public override string Verb => "Normalize";

    public override IEnumerable<Parameter> Parameters => new[] { Norm.Weight, Norm.Bias }.OfType<Parameter>();

    public override void Differentiate(Backward backward, Value gradient)
    {
        var sums = backward.Add(new GroupNormSums(Layer, gradient, Inputs[0], Inputs[1], Norm));
        if (Norm.Weight is { Trainable: true } weight)
            backward.Add(new GroupNormParameterGradient(Layer, weight, sums, GroupNormSums.ProductRow));
        if (Norm.Bias is { Trainable: true } bias)
            backward.Add(new GroupNormParameterGradient(Layer, bias, sums, GroupNormSums.GradientRow));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new GroupNormGradient(Layer, gradient, Inputs[0], Inputs[1], sums, Norm)));
    }
}

/// <summary>
/// Vectors with Σ dy and Σ dy·x̂ of each channel, where x̂ is the normalised x, and with the means of γ·dy and γ·dy·x̂ over its
/// group.
/// </summary>
internal sealed class GroupNormSums(string layer, Value gradient, Value input, Value moments, GroupNormRule norm)
    : Operation(layer, [gradient, input, moments], TensorType.Of(4, input.Type.Channels))
{
    public const int GradientRow = 0, ProductRow = 1, MeanRow = 2, MeanProductRow = 3;

    public GroupNormRule Norm { get; } = norm;

    public override string Verb => "GradientSums";

    public override IEnumerable<Parameter> Parameters => Norm.Weight is null ? [] : [Norm.Weight];
}

/// <summary>dx = (γ·dy − mean(γ·dy) − x̂·mean(γ·dy·x̂)) / deviation.</summary>
internal sealed class GroupNormGradient(string layer, Value gradient, Value input, Value moments, Value sums, GroupNormRule norm)
    : Operation(layer, [gradient, input, moments, sums], input.Type)
{
    public GroupNormRule Norm { get; } = norm;

    public override string Verb => "NormalizeGradient";

    public override IEnumerable<Parameter> Parameters => Norm.Weight is null ? [] : [Norm.Weight];
}

/// <summary>dγ or dβ: a row of <see cref="GroupNormSums"/>, summed over the samples.</summary>
internal sealed class GroupNormParameterGradient(string layer, Parameter parameter, Value sums, int row) : ParameterGradient(layer, parameter, [sums])
{
    public int Row { get; } = row;

    public override string Verb => Parameter.Role == ParameterKind.Bias ? "BiasGradient" : "WeightGradient";
}
