using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>What runs in one mode, in order, and where its values are.</summary>
internal sealed class Plan
{
    private Plan(string name, PlanMode mode, Arranged arranged, IReadOnlyList<Group> groups, Memory memory)
    {
        Name = name;
        Mode = mode;
        Arranged = arranged;
        Groups = groups;
        Prepared = arranged.Prepared.Select(operation => new Group(operation) { Stored = { operation.Output } }).ToArray();
        Memory = memory;
    }

    /// <summary>The name of the class that holds its offsets.</summary>
    public string Name { get; }

    public PlanMode Mode { get; }

    public Arranged Arranged { get; }

    public IReadOnlyList<Group> Groups { get; }

    /// <summary>What is computed from the parameters before them, when those have changed.</summary>
    public IReadOnlyList<Group> Prepared { get; }

    public Memory Memory { get; }

    /// <summary>Plans a mode.</summary>
    /// <param name="name">The name of the class of its offsets.</param>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="operations">The operations in order.</param>
    /// <param name="kept">The values that are read after the last operation.</param>
    /// <param name="mode">What differs between the modes.</param>
    public static Plan Make(string name, IReadOnlyList<Value> inputs, IReadOnlyList<Operation> operations, IReadOnlyList<Value> kept, PlanMode mode)
    {
        var arranged = Arranged.Of(inputs, operations, kept, mode);
        var resolved = new HashSet<Value>(kept.Select(arranged.Resolve));
        var groups = Fusion.Fuse(arranged.Operations, arranged, resolved.Contains);
        if (mode.IsSplit)
            groups = TrainingOrder.Of(groups);
        return new Plan(name, mode, arranged, groups, Memory.Place(groups, arranged, resolved.Contains, mode.Capacity, mode.IsSplit));
    }
}
