namespace StaticNet.Tests.Generated;

internal static class ParameterTables
{
    /// <summary>The parameter of a name.</summary>
    public static ParameterInfo Get(this ParameterTable table, string name) => table.Parameters.Single(parameter => parameter.Name == name);
}
