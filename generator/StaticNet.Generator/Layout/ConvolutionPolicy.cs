using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>Chooses the way to compute each convolution: of those that are possible, the one that costs least.</summary>
internal sealed class ConvolutionPolicy
{
    /// <summary>Fewer channels leave Winograd's algorithm too little work between its transformations.</summary>
    private const int LeastWinogradChannels = 12;

    private readonly HashSet<LogicalValue> _readLast;
    private readonly ILookup<LogicalValue, LogicalOperation> _readers;
    private readonly Dictionary<Convolution, bool> _givesPlanes = [];

    /// <param name="program">The network.</param>
    /// <param name="readLast">The values that the user or a loss reads with channels last.</param>
    public ConvolutionPolicy(LogicalProgram program, HashSet<LogicalValue> readLast)
    {
        _readLast = readLast;
        _readers = program.Operations.SelectMany(operation => operation.Inputs.Select(input => (Input: input, Operation: operation)))
            .ToLookup(pair => pair.Input, pair => pair.Operation);
    }

    /// <summary>The way to compute a convolution of a value that stands in memory as given.</summary>
    public ConvolutionWay WayOf(Convolution convolution, Value input)
    {
        var isFull = convolution.Weight.Connections.IsFull;
        if (convolution.Windows.All(window => window.IsIdentity) && isFull)
            return ConvolutionWay.Product;
        if (GivesPlanes(convolution))
            return ConvolutionWay.Planes;
        if (input.Type.IsInPlanes && input.Type.Channels <= PlaneRules.FewChannels && convolution.Algorithm != ConvolutionAlgorithm.Winograd && isFull)
            return ConvolutionWay.FewChannels;
        return TakesWinograd(convolution) ? ConvolutionWay.Winograd : ConvolutionWay.Direct;
    }

    /// <summary>Whether the algorithm knows a convolution, and, unless the user asks for it, costs less than the direct form. Rounding adds less than 10⁻⁵ of the largest output.</summary>
    private static bool TakesWinograd(Convolution convolution)
    {
        var isPossible = convolution.Windows.Count == 2 && convolution.Windows.All(window => window is { Kernel: 3, Stride: 1, Dilation: 1 });
        if (!isPossible || convolution.Algorithm == ConvolutionAlgorithm.Direct)
            return false;
        if (convolution.Algorithm == ConvolutionAlgorithm.Winograd)
            return true;
        var weight = convolution.Weight;
        var cost = new ConvolutionCost(convolution);
        return Math.Min(weight.Inputs, weight.Outputs) >= LeastWinogradChannels * weight.Connections.Groups && cost.Winograd < cost.Direct;
    }

    /// <summary>Whether a convolution gives planes: where that costs less than channels as lanes, and those who read it take planes.</summary>
    private bool GivesPlanes(Convolution convolution)
    {
        if (!_givesPlanes.TryGetValue(convolution, out var gives))
            _givesPlanes[convolution] = gives = HasPlanes(convolution) && ReadersTakePlanes(convolution.Output);
        return gives;
    }

    private static bool HasPlanes(Convolution convolution)
    {
        // The kernel takes filters of one panel; Winograd's algorithm, where it is asked for, has channels last.
        if (!convolution.Weight.Connections.IsFull || convolution.Algorithm == ConvolutionAlgorithm.Winograd || convolution.Weight.Outputs > Lanes.Panel)
            return false;
        if (!PlaneSum.HasGradient(convolution.Windows) || convolution.Windows.All(window => window.IsIdentity))
            return false;
        var cost = new ConvolutionCost(convolution);
        return cost.Planes <= cost.Direct;
    }

    private bool ReadersTakePlanes(LogicalValue value) => !_readLast.Contains(value) && _readers[value].All(reader => reader switch
    {
        Convolution convolution => TakesPlanes(convolution),
        { Planes: PlaneUse.PassesOn } => ReadersTakePlanes(reader.Output),
        _ => reader.Planes == PlaneUse.Takes,
    });

    private bool TakesPlanes(Convolution convolution) =>
        convolution.Weight.Connections.IsFull && convolution.Algorithm != ConvolutionAlgorithm.Winograd && convolution.Windows.Any(window => window.Kernel > 1)
        && (convolution.Inputs[0].Type.Channels <= PlaneRules.FewChannels || GivesPlanes(convolution));
}
