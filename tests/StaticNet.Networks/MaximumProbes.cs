namespace StaticNet.Networks;

/// <summary>A maximum of windows over one wide map, which stands in planes: 1×2×20 → 1×1×10.</summary>
[Network]
[Input(1, 2, 20)]
[MaxPool2D(2)]
public sealed partial class PlaneMaximumProbe;

/// <summary>A maximum of windows over narrow maps, whose channels stand last: 4×2×2 → 4×1×1.</summary>
[Network]
[Input(4, 2, 2)]
[MaxPool2D(2)]
public sealed partial class PixelMaximumProbe;
