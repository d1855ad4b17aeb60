namespace StaticNet.Onnx;

/// <summary>A constant of a model: floats, or whole numbers (of which truth values are some).</summary>
internal sealed class Tensor
{
    private Tensor(int[] shape, float[]? floats, long[]? integers, bool isBoolean) => (Shape, Floats, Integers, IsBoolean) = (shape, floats, integers, isBoolean);

    public int[] Shape { get; }

    /// <summary>The elements, row-major, if they are floats.</summary>
    public float[]? Floats { get; }

    /// <summary>The elements, row-major, if they are whole numbers.</summary>
    public long[]? Integers { get; }

    public bool IsBoolean { get; }

    public int Length => Floats?.Length ?? Integers!.Length;

    public static Tensor Of(float[] values, params int[] shape) => new(shape, values, null, isBoolean: false);

    public static Tensor Of(long[] values, params int[] shape) => new(shape, null, values, isBoolean: false);

    public static Tensor OfBooleans(long[] values, params int[] shape) => new(shape, null, values, isBoolean: true);

    /// <summary>The same elements under another shape of the same length.</summary>
    public Tensor Reshaped(params int[] shape) => new(shape, Floats, Integers, IsBoolean);

    /// <summary>The elements at these places, in another shape.</summary>
    public Tensor Picked(int[] places, int[] shape) => Floats is { } floats
        ? Of([.. places.Select(place => floats[place])], shape)
        : new Tensor(shape, null, [.. places.Select(place => Integers![place])], IsBoolean);

    /// <summary>The elements as floats.</summary>
    public float[] AsFloats() => Floats ?? [.. Integers!.Select(value => (float)value)];

    /// <summary>The elements as whole numbers; floats are cut off.</summary>
    public long[] AsIntegers() => Integers ?? [.. Floats!.Select(value => float.IsNaN(value) ? 0 : (long)value)];
}
