using System.Globalization;

namespace StaticNet.Serialization;

/// <summary>Element counts of shapes that may come from a file, so that products do not overflow.</summary>
internal static class Shapes
{
    /// <summary>The product of the sizes (1 for rank 0), if an array can hold that many elements.</summary>
    public static bool TryCount(ReadOnlySpan<int> shape, out int count)
    {
        count = 0;
        // Plain loops: a shape has few sizes, and the library's vectorised search takes milliseconds to compile at a program's start.
        foreach (var size in shape)
        {
            if (size == 0)
                return true;
        }

        long product = 1;
        foreach (var size in shape)
        {
            product *= size;
            if (size < 0 || product > Array.MaxLength)
                return false;
        }

        count = (int)product;
        return true;
    }

    /// <summary>Checks a caller's shape against the number of its values.</summary>
    /// <exception cref="ArgumentException">A size is negative, or the product is not <paramref name="length"/>.</exception>
    public static void Require(ReadOnlySpan<int> shape, int length, string parameter)
    {
        foreach (var size in shape)
        {
            if (size < 0)
                throw new ArgumentException($"Expected sizes of 0 or more; the shape is {Format(shape)}.", parameter);
        }
        if (!TryCount(shape, out var count) || count != length)
            throw new ArgumentException(
                $"The shape {Format(shape)} does not have the {length} elements of the values.", parameter);
    }

    /// <summary>Writes a shape as [2, 3]; a long one is cut.</summary>
    public static string Format(ReadOnlySpan<int> shape)
    {
        const int Most = 16;
        var sizes = new string[Math.Min(shape.Length, Most)];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", sizes)}{(shape.Length > Most ? ", …" : "")}]";
    }
}
