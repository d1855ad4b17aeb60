using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>
/// Chooses the way to compute each convolution: of those that are possible, the one that costs least. A single tap is always a product, and
/// planes of few channels are read as they are.
/// </summary>
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

    /// <summary>Chooses the way to compute a convolution of a value in the given memory layout.</summary>
    public ConvolutionChoice Choose(Convolution convolution, Value input)
    {
        var isFull = convolution.Weight.Connections.IsFull;
        if (convolution.Windows.All(window => window.IsIdentity) && isFull)
            return new ConvolutionChoice(ConvolutionWay.Product);
        var cost = new ConvolutionCost(convolution);
        if (GivesPlanes(convolution))
            return new ConvolutionChoice(ConvolutionWay.Planes, Compare(("over planes", cost.Planes), ("with channels as lanes", cost.Direct)));
        if (input.Type.IsInPlanes && input.Type.Channels <= PlaneRules.FewChannels && convolution.Algorithm != ConvolutionAlgorithm.Winograd && isFull)
            return new ConvolutionChoice(ConvolutionWay.FewChannels);
        if (!IsWinogradPossible(convolution))
            return new ConvolutionChoice(ConvolutionWay.Direct);
        var (direct, winograd) = (("directly", cost.Direct), ("by Winograd's algorithm", cost.Winograd));
        if (convolution.Algorithm == ConvolutionAlgorithm.Winograd)
            return new ConvolutionChoice(ConvolutionWay.Winograd, " As asked for." + Compare(winograd, direct));
        return cost.Winograd < cost.Direct
            ? new ConvolutionChoice(ConvolutionWay.Winograd, Compare(winograd, direct))
            : new ConvolutionChoice(ConvolutionWay.Direct, Compare(direct, winograd));
    }

    /// <summary>What the chosen way costs, and the other.</summary>
    private static string Compare((string How, double Cost) chosen, (string How, double Cost) other) =>
        $" Cost per sample: {Invariant.Grouped((long)chosen.Cost)} vector products {chosen.How}, {Invariant.Grouped((long)other.Cost)} {other.How}.";

    /// <summary>
    /// Whether Winograd's algorithm knows a convolution, and the user does not forbid it; for few channels, whether the user asks for it. Rounding
    /// adds less than 10⁻⁵ of the largest output.
    /// </summary>
    private static bool IsWinogradPossible(Convolution convolution)
    {
        var weight = convolution.Weight;
        return convolution.Windows.Count == 2 && convolution.Windows.All(window => window is { Kernel: 3, Stride: 1, Dilation: 1 })
            && convolution.Algorithm != ConvolutionAlgorithm.Direct
            && (convolution.Algorithm == ConvolutionAlgorithm.Winograd || Math.Min(weight.Inputs, weight.Outputs) >= LeastWinogradChannels * weight.Connections.Groups);
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
