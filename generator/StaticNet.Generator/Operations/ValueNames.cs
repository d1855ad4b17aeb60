using StaticNet.Generator.Emit;

namespace StaticNet.Generator.Operations;

/// <summary>Gives every value of a network a name that is its own in the generated code too.</summary>
internal static class ValueNames
{
    /// <summary>The classes of the offsets, whose members cannot be named like them, and members that are not values.</summary>
    private static readonly string[] Taken = ["One", "Many", "Step", "SampleLosses", "Input", "InputCopy", "Prepared"];

    public static void MakeUnique(IEnumerable<Operation> operations)
    {
        var taken = new HashSet<string>(Taken, StringComparer.Ordinal);
        foreach (var value in operations.Where(operation => operation is not ParameterGradient).Select(operation => operation.Output).Distinct())
        {
            var name = value.Name;
            for (var number = 2; !taken.Add(Names.Pascal(value.Name)); number++)
                value.Name = name + Literal.Of(number);
        }
    }
}
