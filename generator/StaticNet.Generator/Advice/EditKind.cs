namespace StaticNet.Generator.Advice;

/// <summary>What an <see cref="Edit"/> does to an attribute.</summary>
internal enum EditKind
{
    /// <summary>Gives a named argument a value, whether or not it is there.</summary>
    Set,

    /// <summary>Gives the first positional argument a value.</summary>
    SetFirst,

    /// <summary>Removes a named argument.</summary>
    Unset,

    /// <summary>Removes the attribute.</summary>
    Remove,

    /// <summary>Replaces the attribute's name and keeps its arguments.</summary>
    Rename,

    /// <summary>Exchanges the attribute with the one of the next edit of the same kind.</summary>
    Swap,
}
