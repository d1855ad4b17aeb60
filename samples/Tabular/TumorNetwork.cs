using StaticNet;

namespace Tabular;

/// <summary>Thirty measurements of a tumour's cell nuclei → the logit of its being malignant.</summary>
[Network]
[Input(30)]
[Dense(16, Activation = Activation.ReLU)]
[Dropout(0.2)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 32)]
public sealed partial class TumorNetwork;
