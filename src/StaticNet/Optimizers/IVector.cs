namespace StaticNet.Optimizers;

/// <summary>A vector of floats of one width, so that update rules and their loop are written once for all widths.</summary>
/// <remarks>
/// Every operation works lane by lane and rounds as IEEE 754 says, products that are added as the machine's fused ones do: so the
/// width does not change the bits.
/// </remarks>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal interface IVector<TSelf>
    where TSelf : struct, IVector<TSelf>
{
    /// <summary>The number of floats, a divisor of 16.</summary>
    static abstract int Count { get; }

    /// <summary>The same float in each lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>The floats from an index on.</summary>
    static abstract TSelf Load(ref float source, nuint index);

    /// <summary>Writes the floats from an index on.</summary>
    void Store(ref float target, nuint index);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>left · right + addend, with one rounding where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The square roots.</summary>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>The magnitudes.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>Magnitudes with the signs of others.</summary>
    static abstract TSelf CopySign(TSelf value, TSelf sign);

    /// <summary>The larger ones, with the machine's treatment of NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller ones, with the machine's treatment of NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>All bits set where the left one is larger.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>All bits set where the lane is 0, of either sign.</summary>
    static abstract TSelf IsZero(TSelf value);

    /// <summary>The one where the condition's bits are set, and the other elsewhere.</summary>
    static abstract TSelf Select(TSelf condition, TSelf whereSet, TSelf elsewhere);
}
