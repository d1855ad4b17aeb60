using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Where the values that follow from the parameters alone are. All plans share them.</summary>
internal sealed class PreparedLayout
{
    private readonly List<(Value Value, int Offset)> _places = [];

    /// <summary>Places what the plans prepare.</summary>
    /// <param name="inference">The plans of inference: of one sample, and of many, with the losses, which may take more than the output.</param>
    /// <param name="step">The training step, which prepares for itself what it reads; null for a network that only infers.</param>
    public PreparedLayout(IReadOnlyList<Plan> inference, Plan? step)
    {
        foreach (var plan in step is null ? inference : inference.Append(step))
        {
            foreach (var group in plan.Prepared)
            {
                var value = group.Head.Output;
                if (_places.Any(place => place.Value == value))
                    continue;
                _places.Add((value, Length));
                Length = checked(Length + plan.Arranged.SampleLengthOf(value));
            }
        }

        // Of the values that both plans of inference read, one group is enough: whichever plan it is of, it is in the same place.
        var isPrepared = new HashSet<Value>();
        Inference = [.. inference.SelectMany(plan => plan.Prepared.Select(group => (plan, group))).Where(pair => isPrepared.Add(pair.group.Head.Output))];
    }

    public IReadOnlyList<(Value Value, int Offset)> Places => _places;

    /// <summary>The floats of all.</summary>
    public int Length { get; }

    /// <summary>What prepares for inference, of one sample and of many, and for evaluation; each with its plan.</summary>
    public IReadOnlyList<(Plan Plan, Group Group)> Inference { get; }
}
