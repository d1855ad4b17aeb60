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
    /// A network over [channel, height, width] or [channel, length] that follows every rule: convolution, pooling, normalisation and
    /// what else suits. Channels are 1 to 20, spatial axes 1 to 12 at the start. Two in three train, and these have a trainable
    /// parameter.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="kinds">What it may be made of, beside activations and layers for one axis.</param>
    public static RandomNetwork Spatial(int seed, SpatialKinds kinds = SpatialKinds.All) => RandomNetwork.Of(
        FormattableString.Invariant($"Spatial{seed}"), new SpatialNetworkBuilder(new Random(seed), kinds).Build());

    /// <summary>
    /// A network over sequences of 2 to 13 steps that follows every rule: recurrent layers of every kind and direction, causal convolutions, strides in
    /// time, delays, the last step alone. Two in three train.
    /// </summary>
    public static RandomNetwork Sequence(int seed) => RandomNetwork.Of(FormattableString.Invariant($"Sequence{seed}"), new SequenceNetworkBuilder(new Random(seed)).Build());

    /// <summary>
    /// Any list of attributes that the C# compiler takes: nonsensical sizes, names, shapes and joins, next to sound ones. Most
    /// are no network.
    /// </summary>
    public static RandomNetwork Arbitrary(int seed) =>
        RandomNetwork.Of(FormattableString.Invariant($"Arbitrary{seed}"), new ArbitraryNetworkBuilder(new Random(seed)).Build());

    /// <summary>A spatial network with a few things changed, such as the C# compiler takes: most are no network.</summary>
    public static RandomNetwork ArbitrarySpatial(int seed) => RandomNetwork.Of(
        FormattableString.Invariant($"ArbitrarySpatial{seed}"), new ArbitrarySpatialBuilder(new Random(seed)).Build());
}
