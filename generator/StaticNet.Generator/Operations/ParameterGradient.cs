using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>An operation whose result is the gradient of a parameter: it sums over all samples.</summary>
internal abstract class ParameterGradient(string layer, Parameter parameter, IReadOnlyList<Value> inputs)
    : Operation(layer, inputs, TensorType.Of(parameter.Count))
{
    public Parameter Parameter { get; } = parameter;

    public override bool IsByTile => true;

    /// <summary>Whether it adds to the gradient of another parameter, so that it waits for all that are not last.</summary>
    public virtual bool IsLast => false;

    /// <summary>Whether it is a sum over samples and nothing else, so that those of parts of a batch can be added.</summary>
    public virtual bool IsSum => !IsLast;

    /// <summary>Whether it may run as soon as its inputs are there: it changes nothing that others read.</summary>
    public virtual bool MayBeEarly => Inputs.Count > 0 && !IsLast;
}
