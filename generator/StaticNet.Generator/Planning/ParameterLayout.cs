using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Where the parameters are: the trainable ones first, so that they and their gradients are one span each.</summary>
internal sealed class ParameterLayout
{
    private readonly Dictionary<Parameter, int> _offsets = [];

    public ParameterLayout(IEnumerable<Parameter> parameters)
    {
        Parameters = parameters.OrderBy(parameter => !parameter.Trainable).ToArray();
        foreach (var parameter in Parameters)
        {
            _offsets[parameter] = Length;
            Length = checked(Length + parameter.PackedLength);
            if (parameter.Trainable)
                TrainableLength = Length;
        }
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The floats of all parameters, padding included.</summary>
    public int Length { get; }

    /// <summary>The floats of the trainable ones.</summary>
    public int TrainableLength { get; }

    public int OffsetOf(Parameter parameter) => _offsets[parameter];
}
