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

        One = Plan.Make("One", Program.Inputs, forward, Program.Outputs, new PlanMode(1, Drops: false, IsSplit: false, IsWhole: false));
        var chunk = ChunkOf(One.Memory, Graph.Steps);
        State = new StateLayout(One);
        Training = training is null ? null : new TrainingPlan(Program, training, spec, chunk);
        Many = Training?.Evaluation ?? Plan.Make("Many", Program.Inputs, forward, Program.Outputs, new PlanMode(chunk, Drops: false, IsSplit: false));
        Prepared = new PreparedLayout(HasOne ? [One, Many] : [Many], Training?.Step);
    }

    /// <summary>What follows from the parameters alone, with the place of each in a buffer of its own.</summary>
    public PreparedLayout Prepared { get; }

    /// <summary>What lives from step to step of a stream.</summary>
    public StateLayout State { get; }

    public NetworkSpec Spec { get; }

    public NetworkGraph Graph { get; }

    public NetworkProgram Program { get; }

    public ParameterLayout Parameters { get; }

    /// <summary>One sample; of a sequence one step.</summary>
    public Plan One { get; }

    /// <summary>Whether one sample has code of its own, or one step of a stream; sequences that are no streams go through as many do.</summary>
    public bool HasOne => Graph.Steps == 1 || Graph.IsStream;

    /// <summary>A chunk of samples at inference; with the losses after it where the network trains.</summary>
    public Plan Many { get; }

    /// <summary>The training step; null for a network that only infers.</summary>
    public TrainingPlan? Training { get; }

    /// <summary>The floats of the workspace: what the largest of the plans takes.</summary>
    public int WorkspaceLength => new[] { HasOne ? One.Memory.Length : 0, Many.Memory.Length + (Training is null ? 0 : Lanes.Pad(Many.Memory.Capacity * Graph.OutputSteps)), Training?.WorkspaceLength ?? 0 }.Max();

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
