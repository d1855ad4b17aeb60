using System.Collections.Immutable;

namespace StaticNet.Serialization;

/// <summary>One named tensor of a <see cref="StateDict"/>.</summary>
public sealed class StateTensor
{
    private readonly float[] _values;

    internal StateTensor(string name, ImmutableArray<int> shape, float[] values)
    {
        Name = name;
        Shape = shape;
        _values = values;
    }

    /// <summary>The name, such as <c>dense1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The logical shape; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The elements in row-major order; as many as the product of <see cref="Shape"/>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The same elements as <see cref="Values"/>, as memory that can be kept.</summary>
    public ReadOnlyMemory<float> Memory => _values;

    /// <summary>The array itself, for another state dict to share.</summary>
    internal float[] Owned => _values;

    /// <summary>The name and the shape.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape.AsSpan())}";
}
