using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>The kernels of everything that a network's plan runs.</summary>
internal sealed class NetworkKernels
{
    public NetworkKernels(NetworkPlan plan)
    {
        Plan = plan;
        Prepared = plan.Prepared.Inference
            .Select(prepared => (prepared.Plan, KernelFactory.Make(prepared.Group, prepared.Plan))).ToArray();
        One = plan.HasOne ? KernelFactory.Make(plan.One) : [];
        Block = plan.Block is null ? [] : KernelFactory.Make(plan.Block);
        Many = KernelFactory.Make(plan.Many);
        Training = plan.Training is { } training ? new TrainingKernels(training) : null;
    }

    public NetworkPlan Plan { get; }

    /// <summary>Those that prepare for inference, each with its plan.</summary>
    public IReadOnlyList<(Plan Plan, Kernel Kernel)> Prepared { get; }

    /// <summary>Those for one sample; none where samples are sequences.</summary>
    public IReadOnlyList<Kernel> One { get; }

    /// <summary>Those for a block of a stream; none where sequences are no streams.</summary>
    public IReadOnlyList<Kernel> Block { get; }

    /// <summary>Those for a chunk of samples; with the losses after them where the network trains.</summary>
    public IReadOnlyList<Kernel> Many { get; }

    /// <summary>Those of a training step; null for a network that only infers.</summary>
    public TrainingKernels? Training { get; }
}
