namespace StaticNet.Data;

/// <summary>The numbers that a category becomes.</summary>
public enum CategoryEncoding
{
    /// <summary>One number per category, 1 for the row's and 0 for the others.</summary>
    OneHot,

    /// <summary>The category's index, from 0: one number, for categories that have an order (small, medium, large).</summary>
    Index,
}
