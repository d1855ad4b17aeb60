namespace StaticNet.Reference.Sampling;

/// <summary>Networks by seed: the same seed gives the same network.</summary>
public static class RandomNetworks
{
    /// <summary>
    /// A network that follows every rule. Two in three train. Each layer is used by another one or by a loss, and each network
    /// that trains has a trainable parameter.
    /// </summary>
    public static RandomNetwork Valid(int seed) =>
        RandomNetwork.Of(FormattableString.Invariant($"Valid{seed}"), new ValidNetworkBuilder(new Random(seed)).Build());

    /// <summary>
    /// Any list of attributes that the C# compiler takes: nonsensical sizes, names, shapes and joins, next to sound ones. Most
    /// are no network.
    /// </summary>
    public static RandomNetwork Arbitrary(int seed) =>
        RandomNetwork.Of(FormattableString.Invariant($"Arbitrary{seed}"), new ArbitraryNetworkBuilder(new Random(seed)).Build());
}
