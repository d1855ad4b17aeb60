namespace StaticNet.Networks.Sequences;

[Network]
[Input(1, Steps = 64)]
[GRU(8)]
[Dense(1)]
public sealed partial class Gru8Stream;

[Network]
[Input(1, Steps = 64)]
[GRU(16)]
[Dense(1)]
public sealed partial class Gru16Stream;

[Network]
[Input(1, Steps = 64)]
[LSTM(32)]
[Dense(1)]
public sealed partial class Lstm32Stream;

[Network]
[Input(1, Steps = 64)]
[LSTM(40)]
[Dense(1)]
public sealed partial class Lstm40Stream;
