namespace StaticNet;

/// <summary>
/// Group normalisation: of each sample, over groups of channels (the first axis) with all their positions. Parameters:
/// <c>weight</c> [channel] and <c>bias</c> [channel]. Wu and He, 2018.
/// </summary>
public sealed class GroupNormAttribute : NormalizationAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="groups">The number of groups, a divisor of the number of channels.</param>
    public GroupNormAttribute(int groups) => Groups = groups;

    /// <summary>The number of groups.</summary>
    public int Groups { get; }
}
