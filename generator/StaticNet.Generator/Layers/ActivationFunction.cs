using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An activation with its α (NaN: the default) and, for PReLU, whether one slope serves the whole layer.</summary>
internal sealed record ActivationFunction(ActivationKind Kind, float Alpha = float.NaN, bool SharedSlope = false, bool Trainable = true)
{
    /// <summary>α, or the function's own default.</summary>
    public float AlphaOrDefault => !float.IsNaN(Alpha) ? Alpha : Kind switch
    {
        ActivationKind.LeakyReLU => 0.01f,
        ActivationKind.PReLU => 0.25f,
        _ => 1f,
    };

    /// <summary>The name in prose.</summary>
    public string Title => Kind switch
    {
        ActivationKind.Identity or ActivationKind.Step or ActivationKind.Sigmoid or ActivationKind.Tanh or ActivationKind.Softplus
            or ActivationKind.Softsign or ActivationKind.Softmax => Kind.ToString().ToLowerInvariant(),
        ActivationKind.LeakyReLU => "leaky ReLU",
        ActivationKind.GELUTanh => "GELU (tanh)",
        ActivationKind.HardSigmoid => "hard sigmoid",
        ActivationKind.HardSwish => "hard swish",
        ActivationKind.LogSoftmax => "log-softmax",
        ActivationKind.LeCunTanh => "LeCun tanh",
        _ => Kind.ToString(),
    };

    /// <summary>What follows a layer's title: nothing for the identity.</summary>
    public string Suffix => Kind == ActivationKind.Identity ? "" : ", " + Title;

    public bool Check(IShapeErrors errors, string argument)
    {
        if (float.IsInfinity(Alpha))
            errors.Argument(argument, "a finite number", Invariant.Text(Alpha));
        return !float.IsInfinity(Alpha);
    }

    public Value Lower(Lowering network, Value input)
    {
        switch (Kind)
        {
            case ActivationKind.Identity:
                return input;
            case ActivationKind.Softmax:
                return network.Softmax(network.ChannelsFirst(input), logarithm: false);
            case ActivationKind.LogSoftmax:
                return network.Softmax(network.ChannelsFirst(input), logarithm: true);
            case ActivationKind.PReLU:
                var slope = network.Parameter("slope", ParameterRole.Slope, [SharedSlope ? 1 : input.Type.Channels], new Initialization(InitializerKind.Constant, AlphaOrDefault), Trainable);
                return network.PReLU(input, slope);
            default:
                return network.Activate(input, Kind, AlphaOrDefault);
        }
    }
}
