namespace StaticNet.Onnx.Tests.Recurrent;

[Network, Input(3, Steps = 5), SimpleRNN(4, RecurrentBias = true)]
public sealed partial class PlainCells;

[Network, Input(2, Steps = 4), SimpleRNN(9, Activation = Activation.ReLU, RecurrentBias = true, Direction = SequenceDirection.Bidirectional)]
public sealed partial class PlainCellsBothWays;

[Network, Input(3, Steps = 5), GRU(4)]
public sealed partial class ResetAfterCells;

[Network, Input(2, Steps = 5), LSTM(10, RecurrentBias = true)]
public sealed partial class MemoryCells;

// The ONNX project's cases have one step; a sequence has two or more.
[Network, Input(3, Steps = 2), SimpleRNN(5, RecurrentBias = true)]
public sealed partial class RnnWithInitialBias;

[Network, Input(2, Steps = 2), SimpleRNN(4)]
public sealed partial class RnnBatchwise;

[Network, Input(2, Steps = 2), LSTM(3)]
public sealed partial class LstmDefaults;

[Network, Input(2, Steps = 2), LSTM(7)]
public sealed partial class LstmBatchwise;

[Network, Input(3, Steps = 2), LSTM(4, RecurrentBias = true)]
public sealed partial class LstmWithInitialBias;
