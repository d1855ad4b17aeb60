namespace StaticNet.Generator.Operations;

/// <summary>The gradient of a parameter that changes nothing, such as a bias in front of a norm that takes it off again.</summary>
internal sealed class ZeroGradient(string layer, Parameter parameter) : ParameterGradient(layer, parameter, [])
{
    public override string Verb => $"{Parameter.Role}Gradient";
}
