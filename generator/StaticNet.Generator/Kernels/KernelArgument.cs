using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Kernels;

/// <summary>What is passed to a kernel.</summary>
internal enum ArgumentKind
{
    /// <summary>A value's memory, at the first of the samples.</summary>
    Value,

    /// <summary>A parameter's memory.</summary>
    Parameter,

    /// <summary>The memory of a parameter's gradient.</summary>
    Gradient,

    /// <summary>A weight's transposed copy.</summary>
    Transposed,

    /// <summary>The losses of the samples.</summary>
    SampleLosses,

    /// <summary>The targets, at the first of the samples.</summary>
    Targets,

    /// <summary>The samples' weights, at the first of the samples; empty when there are none.</summary>
    SampleWeights,

    /// <summary>The batch's scale.</summary>
    Scale,

    /// <summary>The number of samples.</summary>
    Samples,

    /// <summary>The number of rows: samples × rows of a sample.</summary>
    Rows,

    /// <summary>The running number of the first sample.</summary>
    FirstSample,

    /// <summary>The seed of dropout and noise.</summary>
    DropoutSeed,

    /// <summary>Whether dropout drops.</summary>
    DropoutEnabled,

    /// <summary>Whether running statistics average all batches alike.</summary>
    CumulativeStatistics,

    /// <summary>Whether gradients add to those that are there.</summary>
    Accumulate,

    /// <summary>The first of the tiles to compute.</summary>
    BeginTile,

    /// <summary>The end of the tiles to compute.</summary>
    EndTile,
}

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
        ArgumentKind.Value or ArgumentKind.Parameter or ArgumentKind.Gradient or ArgumentKind.Transposed
            or ArgumentKind.SampleLosses => $"ref float {Name}",
        ArgumentKind.Targets or ArgumentKind.SampleWeights => $"ReadOnlySpan<float> {Name}",
        ArgumentKind.Scale => $"float {Name}",
        ArgumentKind.FirstSample or ArgumentKind.DropoutSeed => $"ulong {Name}",
        ArgumentKind.DropoutEnabled or ArgumentKind.CumulativeStatistics or ArgumentKind.Accumulate => $"bool {Name}",
        _ => $"int {Name}",
    };

    /// <summary>How it is passed on to a kernel of another width.</summary>
    public string Forwarded => Declaration.StartsWith("ref ", StringComparison.Ordinal) ? "ref " + Name : Name;

    public static KernelArgument Of(Parameter parameter) => new(ArgumentKind.Parameter, Names.Argument(parameter.FullName), Parameter: parameter);

    public static KernelArgument GradientOf(Parameter parameter) => new(ArgumentKind.Gradient, Names.Argument(parameter.FullName + ".gradient"), Parameter: parameter);

    public static KernelArgument Rows(Value value) => new(ArgumentKind.Rows, "rows", value);

    public static KernelArgument Samples() => new(ArgumentKind.Samples, "samples");

    public static KernelArgument Of(Value value, string name) => new(ArgumentKind.Value, name, value);
}
