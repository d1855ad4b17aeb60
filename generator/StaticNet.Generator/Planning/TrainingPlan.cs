using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>A training step as phases over ranges.</summary>
internal sealed class TrainingPlan
{
    /// <summary>The rows that a product's tile has at least.</summary>
    private const int RowsOfTile = 4;

    /// <summary>The bytes of a step's values from which they are better kept in the cache than all at a time: a small L2.</summary>
    private const int PartsBytes = 512 * 1024;

    private readonly bool _hasSequences;

    /// <param name="program">The network.</param>
    /// <param name="operations">What a step computes.</param>
    /// <param name="spec">The declaration.</param>
    /// <param name="chunk">The most samples that run through a phase together.</param>
    /// <param name="trainable">The floats of the parameters that are trained.</param>
    public TrainingPlan(NetworkProgram program, TrainingProgram operations, NetworkSpec spec, int chunk, int trainable)
    {
        BatchSize = spec.BatchSize!.Value;
        Steps = program.Graph.OutputSteps;
        Operations = operations;
        IEnumerable<Operation> losses = Operations.Losses;

        var evaluated = Operations.Losses.SelectMany(loss => loss.Inputs).Concat(program.Outputs).ToArray();
        Evaluation = Plan.Make(
            "Many", program.Inputs, [.. Backward.NeededFor(evaluated, program.Operations), .. losses], program.Outputs, new PlanMode(chunk, Drops: false, IsSplit: false));
        var kept = spec.KeepsValues ? KeptValue.Of(program, operations) : [];
        Operation[] step = [.. Operations.Forward, .. losses, .. Operations.Backward];
        Step = Plan.Make("Step", program.Inputs, step, [.. kept.Select(value => value.Value), .. operations.Taken], new PlanMode(BatchSize, Drops: true, IsSplit: true));
        // What costs nothing at the start of the network is the user's input itself, which the step does not keep.
        Kept = spec.KeepsValues ? [.. kept.Where(value => !Step.Arranged.Inputs.Contains(Step.Arranged.Resolve(value.Value)))] : null;

        _hasSequences = program.Graph.Steps > 1;
        Phases = PhasesOf(spec.HasCustomLoss, chunk);
        if (SuitsParts(spec, trainable))
        {
            var ofPart = Phases[0].Chunk;
            Step = Plan.Make("Step", program.Inputs, step, [], new PlanMode(ofPart, Drops: true, IsSplit: false));
            Phases = [new TrainingPhase(IsByTile: false, Step.Groups, ofPart)];
            Parts = new TrainingParts(Step.Memory.Length, trainable, ofPart);
        }
    }

    public int BatchSize { get; }

    /// <summary>The steps that losses have.</summary>
    public int Steps { get; }

    public TrainingProgram Operations { get; }

    /// <summary>Outputs and losses of a chunk, as at inference.</summary>
    public Plan Evaluation { get; }

    /// <summary>The whole step, or that of a chunk of a part.</summary>
    public Plan Step { get; }

    /// <summary>
    /// Where the batch is taken in parts: each computes its gradients chunk by chunk, and those are added at the end. Null: all values of
    /// the batch are there at a time.
    /// </summary>
    public TrainingParts? Parts { get; }

    /// <summary>The values of layers that are there after a step, in the order in which they are shown; null: they are not kept.</summary>
    public IReadOnlyList<KeptValue>? Kept { get; }

    /// <summary>
    /// The phases, in turn over samples (forward, losses, gradients of values) and over tiles (what needs the whole
    /// batch, gradients of parameters among it); the last one sums what is left of those.
    /// </summary>
    public IReadOnlyList<TrainingPhase> Phases { get; }

    /// <summary>
    /// Whether the batch is taken in parts: nothing but gradients of parameters needs more than a sample, its values are more than
    /// the cache holds, each part has a whole chunk of many samples, and the gradients, which each chunk adds to, are few beside its values.
    /// </summary>
    private bool SuitsParts(NetworkSpec spec, int trainable) =>
        !_hasSequences && !spec.HasCustomLoss && !spec.GivesInputGradients && Kept is null
        && Phases.Count == 2 && !Phases[0].IsByTile && Phases[1].Groups.All(group => group.Head is ParameterGradient { IsSum: true })
        && Step.Memory.Length * (long)sizeof(float) > PartsBytes
        && Phases[0].Chunk >= TrainingParts.LeastChunk && BatchSize >= TrainingParts.Count * Phases[0].Chunk
        && 4L * trainable <= (long)Step.Memory.Length / BatchSize * Phases[0].Chunk;

    /// <param name="stopsBeforeLosses">Whether a phase ends before the first loss, where the program computes one of its own.</param>
    /// <param name="chunk">The most samples that run through a phase together.</param>
    private List<TrainingPhase> PhasesOf(bool stopsBeforeLosses, int chunk)
    {
        var groups = Step.Groups;
        var phases = new List<TrainingPhase>();
        var open = new List<Group>();
        void Close()
        {
            if (open.Count > 0)
            {
                var phase = new TrainingPhase(open[0].Head.IsByTile, open.ToArray(), ChunkOf(open, chunk));
                phases.Add(phase);
                foreach (var group in phase.IsByTile ? [] : phase.Groups)
                    group.Chunk = phase.Chunk;
            }

            open.Clear();
        }

        var end = TrainingOrder.EndOf(groups);
        foreach (var group in groups.Take(end))
        {
            var isHalf = stopsBeforeLosses && group.Head is Loss && open.All(before => before.Head is not Loss);
            if (open.Count > 0 && (open[0].Head.IsByTile != group.Head.IsByTile || isHalf))
                Close();
            open.Add(group);
        }

        Close();
        open.AddRange(groups.Skip(end).Where(group => group.Head is ParameterGradient { IsLast: false }));
        Close();
        open.AddRange(groups.Skip(end).Where(group => group.Head is ParameterGradient { IsLast: true }));
        Close();
        return phases;
    }

    /// <summary>
    /// As many samples as keep in the cache what a phase reads and writes. Where a sample has few rows for a product, as many as make
    /// up the rows of a tile. Sequences are long, and recurrent layers take several of them at a time.
    /// </summary>
    private int ChunkOf(IReadOnlyList<Group> groups, int most)
    {
        if (_hasSequences)
            return most;
        var values = new HashSet<Value>(groups.SelectMany(group => group.Reads.Concat(group.Stored)).Where(value => !value.IsShared).Select(Step.Arranged.Resolve));
        var length = values.Sum(value => (long)Step.Arranged.SampleLengthOf(value));
        var rows = groups.Where(group => group.Head is Contraction).Select(group => Step.Arranged.LayoutOf(group.Head.Output).Rows).DefaultIfEmpty(RowsOfTile).Min();
        var fits = Math.Min(most, NetworkPlan.ChunkBytes / sizeof(float) / Math.Max(1, length));
        // Few rows are whole tiles, of whatever size those are.
        var least = ((RowsOfTile - 1) / rows) + 1;
        if (least > 1)
            fits = fits >= 24 ? fits / 24 * 24 : fits >= 12 ? 12 : fits / least * least;
        return (int)Math.Min(most, Math.Max(least, fits));
    }

    /// <summary>Where the samples' losses are in the workspace.</summary>
    public int SampleLossesOffset => ValuesLength;

    /// <summary>The floats of all values, and of the gradients of parts.</summary>
    public int ValuesLength => Parts?.Length ?? Step.Memory.Length;

    public int WorkspaceLength => checked(SampleLossesOffset + Lanes.Pad(checked(BatchSize * Steps)));
}
