namespace StaticNet.Generator.Operations;

/// <summary>What an operation does with inputs in planes, which have the pixels of a row as lanes.</summary>
internal enum PlaneUse
{
    /// <summary>It would have to copy them.</summary>
    None,

    /// <summary>It takes them as well as others, or rather.</summary>
    Takes,

    /// <summary>It works on each element and gives planes in its turn.</summary>
    PassesOn,
}
