using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>A training step as phases over ranges.</summary>
internal sealed class TrainingPlan
{
    public TrainingPlan(NetworkProgram program, TrainingProgram operations, int batchSize, int chunk)
    {
        BatchSize = batchSize;
        Operations = operations;
        IEnumerable<Operation> losses = Operations.Losses;

        var evaluated = Operations.Losses.SelectMany(loss => loss.Inputs).Append(program.Output).ToArray();
        Evaluation = Plan.Make(
            "Many", program.Input, [.. Backward.NeededFor(evaluated, program.Operations), .. losses], evaluated, new PlanMode(chunk, Drops: false, IsSplit: false));
        Step = Plan.Make("Step", program.Input, [.. Operations.Forward, .. losses, .. Operations.Backward], [], new PlanMode(batchSize, Drops: true, IsSplit: true));

        Samples = Step.Kernels.Where(kernel => kernel.Tiles == 0).ToArray();
        Gradients = Step.Kernels.Where(kernel => kernel.Tiles > 0).ToArray();
        Transposed = Operations.Backward.Where(operation => operation is InputGradient or ConvolutionInputGradient).SelectMany(operation => operation.Parameters).Distinct().ToArray();
        Transposes = Transposed.Select(weight => new TransposeKernel(weight, Step.Arranged)).ToArray();
    }

    public int BatchSize { get; }

    public TrainingProgram Operations { get; }

    /// <summary>Outputs and losses of a chunk, as at inference.</summary>
    public Plan Evaluation { get; }

    /// <summary>The whole step.</summary>
    public Plan Step { get; }

    /// <summary>The weights whose transposed copies the step makes.</summary>
    public IReadOnlyList<Parameter> Transposed { get; }

    /// <summary>The first phase, over panels.</summary>
    public IReadOnlyList<Kernel> Transposes { get; }

    /// <summary>The phase over samples: forward, losses, gradients of values.</summary>
    public IReadOnlyList<Kernel> Samples { get; }

    /// <summary>The phase over tiles: gradients of parameters.</summary>
    public IReadOnlyList<Kernel> Gradients { get; }

    /// <summary>Where the samples' losses stand in the workspace.</summary>
    public int SampleLossesOffset => Step.Memory.Length;

    public int WorkspaceLength => OffsetOf(null);

    /// <summary>Where a weight's transposed copy stands in the workspace; null: the end.</summary>
    public int OffsetOf(Parameter? transposed)
    {
        var offset = checked(SampleLossesOffset + Lanes.Pad(BatchSize));
        foreach (var weight in Transposed.TakeWhile(weight => weight != transposed))
            offset = checked(offset + weight.TransposedLength);
        return offset;
    }
}
