namespace StaticNet.Search;

/// <summary>
/// Points that fill a cube evenly: the first 2ⁿ of them divide each side into 2ⁿ equal parts with one point in each. Sobol, 1967,
/// with the direction numbers of Joe and Kuo, "Constructing Sobol Sequences with Better Two-Dimensional Projections", 2008.
/// </summary>
internal static class SobolSequence
{
    /// <summary>The most dimensions.</summary>
    public const int MostDimensions = 21;

    private const int Bits = 32;

    /// <summary>Of each dimension from the second on: the inner coefficients of its primitive polynomial, and its first direction numbers,
    /// of which there are as many as the polynomial's degree.</summary>
    private static readonly (uint Polynomial, uint[] Directions)[] Table =
    [
        (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]), (2, [1, 1, 5, 5, 17]),
        (4, [1, 1, 5, 5, 5]), (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]), (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]),
        (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]), (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]),
        (22, [1, 3, 1, 15, 13, 25]), (25, [1, 1, 5, 5, 19, 61]), (1, [1, 3, 7, 11, 23, 15, 103]), (4, [1, 3, 7, 13, 13, 15, 69]),
    ];

    /// <summary>One coordinate of a point, as 32 bits after the point.</summary>
    /// <param name="number">The point's number, from 0; point 0 is the origin.</param>
    /// <param name="dimension">0 to <see cref="MostDimensions"/> − 1.</param>
    public static uint Coordinate(uint number, int dimension)
    {
        // Gray code, so that successive points differ in one direction number: the same points, in another order.
        var gray = number ^ (number >> 1);
        Span<uint> directions = stackalloc uint[Bits];
        Directions(dimension, directions);
        var coordinate = 0u;
        for (var bit = 0; bit < Bits; bit++)
        {
            if ((gray >> bit & 1) != 0)
                coordinate ^= directions[bit];
        }

        return coordinate;
    }

    private static void Directions(int dimension, Span<uint> directions)
    {
        if (dimension == 0)
        {
            for (var bit = 0; bit < Bits; bit++)
                directions[bit] = 1u << (Bits - 1 - bit);
            return;
        }

        var (polynomial, first) = Table[dimension - 1];
        var degree = first.Length;
        for (var bit = 0; bit < Bits; bit++)
        {
            if (bit < degree)
            {
                directions[bit] = first[bit] << (Bits - 1 - bit);
                continue;
            }

            directions[bit] = directions[bit - degree] ^ (directions[bit - degree] >> degree);
            for (var term = 1; term < degree; term++)
            {
                if ((polynomial >> (degree - 1 - term) & 1) != 0)
                    directions[bit] ^= directions[bit - term];
            }
        }
    }
}
