namespace StaticNet.Generator.Operations;

/// <summary>Which element functions an operation applies while its results are in registers.</summary>
internal enum TailUse
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those that take no vectors by channel, or vectors that follow the last axis.</summary>
    Rows,

    /// <summary>Short ones that take no vectors by channel: each is written for every element of a window.</summary>
    Short,

    /// <summary>All whose vectors by channel follow the same axis as its own.</summary>
    Elements,
}
