using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An activation with its α (NaN: the default) and, for PReLU, whether one slope serves the whole layer.</summary>
internal sealed record ActivationFunction(Activation Kind, float Alpha = Defaults.Own, bool SharedSlope = false, bool Trainable = true)
{
    /// <summary>Where PReLU's slope begins.</summary>
    private const float DefaultSlope = 0.25f;

    /// <summary>The name in prose.</summary>
    public string Title => ActivationFunctions.All.TryGetValue(Kind, out var entry) ? entry.Title : Kind switch
    {
        Activation.LogSoftmax => "log-softmax",
        Activation.PReLU => "PReLU",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>What follows a layer's title: nothing for the identity.</summary>
    public string Suffix => Kind == Activation.Identity ? "" : ", " + Title;

    public bool Check(IShapeErrors errors, string argument)
    {
        if (float.IsInfinity(Alpha))
            errors.Argument(argument, "a finite number", Invariant.Text(Alpha));
        return !float.IsInfinity(Alpha);
    }

    public LogicalValue Lower(Lowering network, LogicalValue input)
    {
        switch (Kind)
        {
            case Activation.Identity:
                return input;
            case Activation.Softmax:
                return network.Softmax(input, logarithm: false);
            case Activation.LogSoftmax:
                return network.Softmax(input, logarithm: true);
            case Activation.PReLU:
                var slope = network.Parameter("slope", ParameterKind.Slope, [SharedSlope ? 1 : input.Type.Channels], new Initialization(Initializer.Constant, float.IsNaN(Alpha) ? DefaultSlope : Alpha), Trainable);
                return network.PReLU(input, slope);
            default:
                return network.Activate(input, Kind, Alpha);
        }
    }
}
