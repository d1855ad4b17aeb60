namespace StaticNet.Onnx.Tests.Recurrent;

[Network, Input(3, Steps = 5), SimpleRNN(4, RecurrentBias = true)]
public sealed partial class PlainCells;

[Network, Input(2, Steps = 4), SimpleRNN(9, Activation = Activation.ReLU, RecurrentBias = true, Direction = SequenceDirection.Bidirectional)]
public sealed partial class PlainCellsBothWays;

[Network, Input(3, Steps = 5), GRU(4)]
public sealed partial class ResetAfterCells;

[Network, Input(3, Steps = 5), GRU(11, ResetAfter = false)]
public sealed partial class ResetBeforeCells;

[Network, Input(2, Steps = 4), GRU(3, ResetAfter = false, Direction = SequenceDirection.Bidirectional)]
public sealed partial class ResetBeforeCellsBothWays;

[Network, Input(2, Steps = 5), LSTM(10, RecurrentBias = true)]
public sealed partial class MemoryCells;

[Network, Input(3, Steps = 5), LSTM(4, RecurrentBias = true, Peepholes = true)]
public sealed partial class PeepholeCells;

[Network, Input(3, Steps = 4), LSTM(9, RecurrentBias = true, Peepholes = true, Direction = SequenceDirection.Reverse)]
public sealed partial class PeepholeCellsInReverse;

[Network, Input(2, Steps = 4), LSTM(3, RecurrentBias = true, Peepholes = true, Direction = SequenceDirection.Bidirectional)]
public sealed partial class PeepholeCellsBothWays;

// The ONNX project's cases have one step; a sequence has two or more.
[Network, Input(3, Steps = 2), SimpleRNN(5, RecurrentBias = true)]
public sealed partial class RnnWithInitialBias;

[Network, Input(2, Steps = 2), SimpleRNN(4)]
public sealed partial class RnnBatchwise;

[Network, Input(2, Steps = 2), GRU(5, ResetAfter = false)]
public sealed partial class GruDefaults;

[Network, Input(2, Steps = 2), GRU(6, ResetAfter = false)]
public sealed partial class GruBatchwise;

[Network, Input(2, Steps = 2), LSTM(3)]
public sealed partial class LstmDefaults;

[Network, Input(2, Steps = 2), LSTM(7)]
public sealed partial class LstmBatchwise;

[Network, Input(3, Steps = 2), LSTM(4, RecurrentBias = true)]
public sealed partial class LstmWithInitialBias;

[Network, Input(4, Steps = 2), LSTM(3, RecurrentBias = true, Peepholes = true)]
public sealed partial class LstmWithPeepholes;
