namespace StaticNet.Benchmarks.Unrolling;

/// <summary>Dense 4 → 4, straight-line.</summary>
[Network]
[Input(4)]
[Dense(4, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled4;

/// <summary>Dense 4 → 4, in loops.</summary>
[Network]
[Input(4)]
[Dense(4, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped4;

/// <summary>Dense 8 → 8, straight-line.</summary>
[Network]
[Input(8)]
[Dense(8, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled8;

/// <summary>Dense 8 → 8, in loops.</summary>
[Network]
[Input(8)]
[Dense(8, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped8;

/// <summary>Dense 12 → 12, straight-line.</summary>
[Network]
[Input(12)]
[Dense(12, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled12;

/// <summary>Dense 12 → 12, in loops.</summary>
[Network]
[Input(12)]
[Dense(12, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped12;

/// <summary>Dense 16 → 16, straight-line.</summary>
[Network]
[Input(16)]
[Dense(16, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled16;

/// <summary>Dense 16 → 16, in loops.</summary>
[Network]
[Input(16)]
[Dense(16, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped16;

/// <summary>Dense 24 → 24, straight-line.</summary>
[Network]
[Input(24)]
[Dense(24, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled24;

/// <summary>Dense 24 → 24, in loops.</summary>
[Network]
[Input(24)]
[Dense(24, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped24;

/// <summary>Dense 32 → 32, straight-line.</summary>
[Network]
[Input(32)]
[Dense(32, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled32;

/// <summary>Dense 32 → 32, in loops.</summary>
[Network]
[Input(32)]
[Dense(32, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped32;

/// <summary>Dense 48 → 48, straight-line.</summary>
[Network]
[Input(48)]
[Dense(48, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled48;

/// <summary>Dense 48 → 48, in loops.</summary>
[Network]
[Input(48)]
[Dense(48, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped48;

/// <summary>Dense 64 → 64, straight-line.</summary>
[Network]
[Input(64)]
[Dense(64, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled64;

/// <summary>Dense 64 → 64, in loops.</summary>
[Network]
[Input(64)]
[Dense(64, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped64;

/// <summary>Dense 96 → 96, straight-line.</summary>
[Network]
[Input(96)]
[Dense(96, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled96;

/// <summary>Dense 96 → 96, in loops.</summary>
[Network]
[Input(96)]
[Dense(96, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped96;

/// <summary>Dense 128 → 128, straight-line.</summary>
[Network]
[Input(128)]
[Dense(128, Unrolling = StaticNet.Unrolling.Always)]
internal sealed partial class Unrolled128;

/// <summary>Dense 128 → 128, in loops.</summary>
[Network]
[Input(128)]
[Dense(128, Unrolling = StaticNet.Unrolling.Never)]
internal sealed partial class Looped128;
