using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>A training step as phases over ranges.</summary>
internal sealed class TrainingPlan
{
    public TrainingPlan(NetworkProgram program, TrainingProgram operations, NetworkSpec spec, int chunk)
    {
        BatchSize = spec.BatchSize!.Value;
        Steps = program.Graph.OutputSteps;
        Operations = operations;
        IEnumerable<Operation> losses = Operations.Losses;

        var evaluated = Operations.Losses.SelectMany(loss => loss.Inputs).Concat(program.Outputs).ToArray();
        Evaluation = Plan.Make(
            "Many", program.Inputs, [.. Backward.NeededFor(evaluated, program.Operations), .. losses], program.Outputs, new PlanMode(chunk, Drops: false, IsSplit: false));
        var kept = spec.KeepsValues ? KeptValue.Of(program, operations) : [];
        Step = Plan.Make(
            "Step", program.Inputs, [.. Operations.Forward, .. losses, .. Operations.Backward], [.. kept.Select(value => value.Value), .. operations.Taken], new PlanMode(BatchSize, Drops: true, IsSplit: true));
        // What costs nothing at the start of the network is the user's input itself, which the step does not keep.
        Kept = spec.KeepsValues ? [.. kept.Where(value => !Step.Arranged.Inputs.Contains(Step.Arranged.Resolve(value.Value)))] : null;

        Phases = PhasesOf(Step.Groups, spec.HasCustomLoss);
        Chunk = chunk;
    }

    public int BatchSize { get; }

    /// <summary>The steps that losses have.</summary>
    public int Steps { get; }

    public TrainingProgram Operations { get; }

    /// <summary>Outputs and losses of a chunk, as at inference.</summary>
    public Plan Evaluation { get; }

    /// <summary>The whole step.</summary>
    public Plan Step { get; }

    /// <summary>The values of layers that are there after a step, in the order in which they are shown; null: they are not kept.</summary>
    public IReadOnlyList<KeptValue>? Kept { get; }

    /// <summary>
    /// The phases, in turn over samples (forward, losses, gradients of values) and over tiles (what needs the whole
    /// batch); the last one sums the gradients of parameters.
    /// </summary>
    public IReadOnlyList<TrainingPhase> Phases { get; }

    /// <summary>As many samples as run through a phase together, so that what one kernel writes is in the cache for the next.</summary>
    public int Chunk { get; }

    /// <param name="groups">The groups in order.</param>
    /// <param name="stopsBeforeLosses">Whether a phase ends before the first loss, where the program computes one of its own.</param>
    private static List<TrainingPhase> PhasesOf(IReadOnlyList<Group> groups, bool stopsBeforeLosses)
    {
        var phases = new List<TrainingPhase>();
        var open = new List<Group>();
        void Close()
        {
            if (open.Count > 0)
                phases.Add(new TrainingPhase(open[0].Head.IsByTile, open.ToArray()));
            open.Clear();
        }

        foreach (var group in groups.Where(group => group.Head is not ParameterGradient))
        {
            var isHalf = stopsBeforeLosses && group.Head is Loss && open.All(before => before.Head is not Loss);
            if (open.Count > 0 && (open[0].Head.IsByTile != group.Head.IsByTile || isHalf))
                Close();
            open.Add(group);
        }

        Close();
        // What sums over samples for a parameter's gradient is read by no other group, so that it may wait for the end.
        open.AddRange(groups.Where(group => group.Head is ParameterGradient { IsLast: false }));
        Close();
        open.AddRange(groups.Where(group => group.Head is ParameterGradient { IsLast: true }));
        Close();
        return phases;
    }

    /// <summary>Where the samples' losses are in the workspace.</summary>
    public int SampleLossesOffset => Step.Memory.Length;

    public int WorkspaceLength => checked(SampleLossesOffset + Lanes.Pad(checked(BatchSize * Steps)));
}
