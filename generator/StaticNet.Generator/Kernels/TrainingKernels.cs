using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>The kernels of a training step.</summary>
internal sealed class TrainingKernels
{
    public TrainingKernels(TrainingPlan plan)
    {
        Plan = plan;
        var kernels = KernelFactory.Make(plan.Step);
        var kernelOf = kernels.ToDictionary(kernel => kernel.Group);
        Step = kernels;
        Phases = plan.Phases
            .Select(phase => new KernelPhase(phase.IsByTile, phase.Groups.Select(group => kernelOf[group]).ToArray(), phase.Chunk)).ToArray();
        Preparations = plan.Step.Prepared.Select(group => KernelFactory.Make(group, plan.Step)).ToArray();
    }

    public TrainingPlan Plan { get; }

    /// <summary>Those of the first phase, over panels: what the step makes of the weights.</summary>
    public IReadOnlyList<Kernel> Preparations { get; }

    /// <summary>All others, in order.</summary>
    public IReadOnlyList<Kernel> Step { get; }

    /// <summary>The same by the phases of the plan.</summary>
    public IReadOnlyList<KernelPhase> Phases { get; }
}
