using StaticNet.Generator.Operations;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>An argument of a kernel's method.</summary>
/// <param name="Kind">What is passed.</param>
/// <param name="Name">The parameter's name in the method.</param>
/// <param name="Value">The value, for <see cref="ArgumentKind.Value"/> and <see cref="ArgumentKind.Rows"/>.</param>
/// <param name="Parameter">The parameter, for those kinds that are one's memory.</param>
internal sealed record KernelArgument(ArgumentKind Kind, string Name, Value? Value = null, Parameter? Parameter = null)
{
    /// <summary>The parameter's declaration in the method.</summary>
    public string Declaration => Kind switch
    {
        ArgumentKind.Value => $"ref {Value!.Element.Keyword()} {Name}",
        ArgumentKind.Parameter or ArgumentKind.Gradient
            or ArgumentKind.SampleLosses or ArgumentKind.State => $"ref float {Name}",
        ArgumentKind.Targets or ArgumentKind.SampleWeights => $"{Types.ReadOnlySpan}<float> {Name}",
        ArgumentKind.SequenceLengths => $"{Types.ReadOnlySpan}<int> {Name}",
        ArgumentKind.Scale => $"float {Name}",
        ArgumentKind.StreamPosition => $"long {Name}",
        ArgumentKind.FirstSample or ArgumentKind.DropoutSeed => $"ulong {Name}",
        ArgumentKind.DropoutEnabled or ArgumentKind.CumulativeStatistics or ArgumentKind.Accumulate => $"bool {Name}",
        _ => $"int {Name}",
    };

    /// <summary>How it is passed on to a kernel of another width.</summary>
    public string Forwarded => Declaration.StartsWith("ref ", StringComparison.Ordinal) ? "ref " + Name : Name;

    public static KernelArgument Of(Parameter parameter) => new(ArgumentKind.Parameter, Names.Argument(parameter.CodeName), Parameter: parameter);

    public static KernelArgument GradientOf(Parameter parameter) => new(ArgumentKind.Gradient, Names.Argument(parameter.CodeName + ".gradient"), Parameter: parameter);

    public static KernelArgument Rows(Value value) => new(ArgumentKind.Rows, "rows", value);

    public static KernelArgument Samples() => new(ArgumentKind.Samples, "samples");

    /// <summary>The steps of a block of a stream.</summary>
    public static KernelArgument Steps => new(ArgumentKind.Samples, "steps");

    /// <summary>The steps of each sequence.</summary>
    public static KernelArgument SequenceLengths => new(ArgumentKind.SequenceLengths, "lengths");

    public static KernelArgument Of(Value value, string name) => new(ArgumentKind.Value, name, value);
}
