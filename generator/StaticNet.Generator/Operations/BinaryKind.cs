namespace StaticNet.Generator.Operations;

/// <summary>What two elements become.</summary>
internal enum BinaryKind
{
    Sum,
    Difference,
    Product,
    Quotient,

    /// <summary>The larger of an element and a bound; NaN passes.</summary>
    AtLeast,

    /// <summary>The smaller of an element and a bound; NaN passes.</summary>
    AtMost,

    /// <summary>The larger of two; a NaN in either passes.</summary>
    Maximum,

    /// <summary>The smaller of two; a NaN in either passes.</summary>
    Minimum,
}
