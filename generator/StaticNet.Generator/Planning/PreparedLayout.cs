using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Where the values stand that follow from the parameters alone. All plans share them.</summary>
internal sealed class PreparedLayout
{
    private readonly List<(Value Value, int Offset)> _places = [];

    public PreparedLayout(IReadOnlyList<Plan> plans)
    {
        foreach (var plan in plans)
        {
            foreach (var kernel in plan.Prepared)
            {
                var value = kernel.Group.Head.Output;
                if (_places.Any(place => place.Value == value))
                    continue;
                _places.Add((value, Length));
                Length = checked(Length + plan.Arranged.LayoutOf(value).SampleLength);
            }
        }

        // What inference reads; a training step prepares for itself what it reads.
        Inference = plans[0].Prepared;
    }

    public IReadOnlyList<(Value Value, int Offset)> Places => _places;

    /// <summary>The floats of all.</summary>
    public int Length { get; }

    /// <summary>The kernels that prepare for inference, of one sample and of many.</summary>
    public IReadOnlyList<Kernel> Inference { get; }
}
