using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>Everything that is decided about a network before its text is written.</summary>
internal sealed class NetworkPlan
{
    /// <summary>The bytes of activations up to which many samples go through the network together: half of a small L2.</summary>
    public const int ChunkBytes = 128 * 1024;

    private const int LargestChunk = 64;

    /// <summary>The bytes of activations up to which steps of a stream go through the network together: most of a small L1.</summary>
    private const int BlockBytes = 24 * 1024;

    /// <exception cref="NetworkTooLargeException">The network is larger than code is written for.</exception>
    public NetworkPlan(NetworkSpec spec)
    {
        Spec = spec;
        Graph = spec.Graph.Value ?? throw new ArgumentException("The network has faults.", nameof(spec));
        var logical = GraphLowering.Lower(Graph);
        SizeRules.CheckParameters(logical.Parameters);
        Program = LayoutPass.Run(logical, spec);
        SizeRules.Check(spec, Program);
        Parameters = new ParameterLayout(Program.Parameters);
        var training = spec.BatchSize is null ? null : TrainingLowering.Lower(Program, spec);
        ValueNames.MakeUnique(Program.Inputs, training is null ? Program.Operations : [.. Program.Operations, .. training.Losses, .. training.Backward], Program.Parameters);
        var forward = Backward.NeededFor(Program.Outputs, Program.Operations);

        One = Plan.Make("One", Program.Inputs, forward, Program.Outputs, new PlanMode(1, Drops: false, IsSplit: false, IsWhole: false, TotalStride: Graph.TotalStride));
        var chunk = ChunkOf(One.Memory, Graph.Steps / Graph.TotalStride);
        var block = BlockOf(One.Memory);
        Block = Graph.IsStream
            ? Plan.Make("Block", Program.Inputs, forward, Program.Outputs, new PlanMode(block, Drops: false, IsSplit: false, IsWhole: false, IsStream: true, IsPlanar: StepPlanes.Suit(Program.Inputs, forward, block), TotalStride: Graph.TotalStride))
            : null;
        State = Block is null ? null : new StateLayout(Block);
        Training = training is null ? null : new TrainingPlan(Program, training, spec, chunk, Parameters.TrainableLength);
        Many = Training?.Evaluation ?? Plan.Make("Many", Program.Inputs, forward, Program.Outputs, new PlanMode(chunk, Drops: false, IsSplit: false));
        Prepared = new PreparedLayout([.. Single, Many], Training?.Step);
    }

    /// <summary>What follows from the parameters alone, with the place of each in a buffer of its own.</summary>
    public PreparedLayout Prepared { get; }

    /// <summary>What lives from step to step of a stream; null for a network without streams.</summary>
    public StateLayout? State { get; }

    public NetworkSpec Spec { get; }

    public NetworkGraph Graph { get; }

    public NetworkProgram Program { get; }

    public ParameterLayout Parameters { get; }

    /// <summary>One sample; of a sequence one step, or the steps that belong together, which has no code of its own.</summary>
    public Plan One { get; }

    /// <summary>A block of a stream's steps; null for a network without streams.</summary>
    public Plan? Block { get; }

    /// <summary>Whether one sample has code of its own; whole sequences go through as many samples do.</summary>
    public bool HasOne => Graph.Steps == 1;

    /// <summary>Whether the lengths of sequences change what inference of whole sequences computes.</summary>
    public bool DependsOnLengths => Graph.Steps > 1 && Program.Operations.Any(operation => operation is Recurrence or StepSelection { Step: > 0 });

    /// <summary>What goes through by itself: one sample, or the blocks of a stream.</summary>
    private IEnumerable<Plan> Single => HasOne ? [One] : Block is null ? [] : [Block];

    /// <summary>A chunk of samples at inference; with the losses after it where the network trains.</summary>
    public Plan Many { get; }

    /// <summary>The training step; null for a network that only infers.</summary>
    public TrainingPlan? Training { get; }

    /// <summary>The floats of the workspace: what the largest of the plans takes.</summary>
    public int WorkspaceLength => Single.Select(plan => plan.Memory.Length).Append(Many.Memory.Length + (Training is null ? 0 : Lanes.Pad(Many.Memory.Capacity * Graph.OutputSteps))).Append(Training?.WorkspaceLength ?? 0).Max();

    /// <summary>As many steps as keep what lives at a time in L1: a power of two, as the blocks of audio are.</summary>
    private static int BlockOf(Memory step)
    {
        var steps = LargestChunk;
        while (steps > 1 && (long)steps * step.Length * sizeof(float) > BlockBytes)
            steps /= 2;
        return steps;
    }

    /// <summary>
    /// As many samples as keep their activations in the cache; a multiple of eight, the rows of the largest tile. Fewer only where
    /// eight would be more than code is written for, and of sequences, whose steps are rows already.
    /// </summary>
    private static int ChunkOf(Memory one, int steps)
    {
        var length = Math.Max(one.LengthWithoutSharing, 1) * steps;
        var fits = ChunkBytes / sizeof(float) / length;
        return (int)Math.Min(LargestChunk, steps > 1 ? Math.Max(1, fits) : Math.Max(Math.Min(8, Math.Max(1, Limits.MostFloats / length)), fits / 8 * 8));
    }
}
