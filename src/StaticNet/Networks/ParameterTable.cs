using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StaticNet;

/// <summary>
/// All parameters of a network, in the order in which they are stored. State dicts, weight decay, freezing, exporters and the
/// summary all use this table.
/// </summary>
public sealed class ParameterTable
{
    private readonly Dictionary<string, ParameterInfo> _byName;

    /// <summary>Makes the table; generated code does.</summary>
    /// <param name="parameters">The parameters by ascending offset, the trainable ones first, without gaps.</param>
    /// <exception cref="ArgumentException">Names repeat, or offsets leave a gap.</exception>
    public ParameterTable(params ImmutableArray<ParameterInfo> parameters)
    {
        Parameters = parameters;
        _byName = new Dictionary<string, ParameterInfo>(parameters.Length, StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (parameter.Offset != Length)
                throw new ArgumentException($"{parameter.Name} starts at {parameter.Offset}, where {Length} was expected.", nameof(parameters));
            if (!_byName.TryAdd(parameter.Name, parameter))
                throw new ArgumentException($"There are two parameters named {parameter.Name}.", nameof(parameters));
            if (parameter.Trainable && TrainableLength != Length)
                throw new ArgumentException($"The trainable parameter {parameter.Name} comes after a frozen one.", nameof(parameters));

            Length += parameter.PackedLength;
            Count += parameter.Count;
            if (parameter.Trainable)
            {
                TrainableLength = Length;
                TrainableCount += parameter.Count;
            }
        }
    }

    /// <summary>The parameters.</summary>
    public ImmutableArray<ParameterInfo> Parameters { get; }

    /// <summary>The floats that all parameters take in memory, padding included.</summary>
    public int Length { get; }

    /// <summary>The floats that the trainable parameters take, padding included; they come first.</summary>
    public int TrainableLength { get; }

    /// <summary>The number of logical elements of all parameters.</summary>
    public int Count { get; }

    /// <summary>The number of logical elements of the trainable parameters.</summary>
    public int TrainableCount { get; }

    /// <summary>Finds a parameter by its full name.</summary>
    /// <param name="name">The name, <c>dense1.weight</c>.</param>
    /// <param name="parameter">The parameter, when there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterInfo? parameter) => _byName.TryGetValue(name, out parameter);
}
