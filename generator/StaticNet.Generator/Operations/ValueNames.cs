using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>Gives every value of a network a name that is unique in the generated code too.</summary>
internal static class ValueNames
{
    /// <summary>The classes of the offsets, whose members cannot be named like them, and members that are not values.</summary>
    private static readonly string[] Taken = ["One", "Many", "Block", "Step", "SampleLosses", "Gradients", "Prepared", "SampleLength", "State"];

    /// <summary>Numbers the values whose names are one with another's, or with that of a parameter or its gradient.</summary>
    public static void MakeUnique(IEnumerable<Value> inputs, IEnumerable<Operation> operations, IEnumerable<Parameter> parameters)
    {
        // As arguments of kernels they meet one another, and there the most names are one.
        var taken = new HashSet<string>(Taken.Concat(inputs.SelectMany(input => new[] { input.Name, input.Name + ".copy" })).Concat(parameters.SelectMany(NamesOf)).Select(Names.Camel), StringComparer.Ordinal);
        foreach (var value in operations.Where(operation => operation is not ParameterGradient).SelectMany(operation => operation.InStream.Prepend(operation)).SelectMany(operation => operation.Scratch is { } scratch ? operation.Outputs.Append(scratch) : operation.Outputs).Distinct())
        {
            var name = value.Name;
            for (var number = 2; !taken.Add(Names.Camel(value.Name)); number++)
                value.Name = name + Literal.Of(number);
        }
    }

    private static IEnumerable<string> NamesOf(Parameter parameter) =>
        [parameter.CodeName, parameter.CodeName + ".gradient"];
}
