using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// A population, each member of which is replaced by a trial that is better: the member moved towards the best, and along the
/// difference of two others. Storn and Price, "Differential Evolution", 1997; Zhang and Sanderson, "JADE", 2009, for the move
/// towards the best.
/// </summary>
/// <remarks>For many cheap trials, and for functions that are rough or have many minima.</remarks>
/// <param name="seed">The seed.</param>
/// <param name="population">The members, 4 or more. Default: 10.</param>
public sealed class DifferentialEvolution(ulong seed = 0, int population = 10) : SearchMethod(seed)
{
    private const double CrossoverRate = 0.9;

    /// <summary>The members.</summary>
    public int Population { get; } = population >= 4
        ? population
        : throw new ArgumentOutOfRangeException(nameof(population), population, "Expected a population of 4 or more.");

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var members = Members(observations);
        if (trial < Population || members.Any(member => member is null))
        {
            StartingPoints.Write(space, Seed, trial, point);
            return;
        }

        var random = new RandomStream(Seed, (ulong)trial + 1);
        var own = trial % Population;
        var target = members[own]!.Point;
        // One of the best few, so that one lucky trial does not draw all others.
        var few = Math.Max(2, Population / 5);
        var leader = members.OrderBy(member => member!.Loss).ElementAt(random.NextInt32(few))!.Point;
        // Two others: members that are the same would have no difference.
        var others = Enumerable.Range(0, Population).Where(member => member != own).ToList();
        var first = members[Draw(others, ref random)]!.Point;
        var second = members[Draw(others, ref random)]!.Point;
        var weight = 0.4 + (0.5 * random.NextDouble());
        var certain = random.NextInt32(point.Length);
        for (var index = 0; index < point.Length; index++)
        {
            point[index] = target[index];
            if (index != certain && random.NextDouble() >= CrossoverRate)
                continue;
            var moved = target[index] + (weight * (leader[index] - target[index])) + (weight * (first[index] - second[index]));
            // Beyond a bound: half-way to it.
            point[index] = moved < 0 ? target[index] / 2 : moved > 1 ? (1 + target[index]) / 2 : moved;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}, population {Population}";

    /// <summary>Takes one out of a list at random.</summary>
    private static int Draw(List<int> numbers, ref RandomStream random)
    {
        var place = random.NextInt32(numbers.Count);
        var drawn = numbers[place];
        numbers.RemoveAt(place);
        return drawn;
    }

    /// <summary>The population: each member is the best of the trials that competed for its place.</summary>
    private Observation?[] Members(IReadOnlyList<Observation> observations)
    {
        var members = new Observation?[Population];
        foreach (var observation in observations)
        {
            ref var member = ref members[((observation.Trial % Population) + Population) % Population];
            if (!observation.IsPending && (member is null || observation.Loss < member.Loss))
                member = observation;
        }

        return members;
    }
}
