using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>What messages call a number of a sample.</summary>
internal static class NumberPlace
{
    /// <summary>Its place, with the column that it comes from if there is a schema.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="schema">The schema of the inputs; null for none, and for targets.</param>
    public static string Of(int index, TableSchema? schema) => schema is null ? $"{index} (counted from 0)" : $"{index} (column '{schema.ColumnOf(index)}')";
}
