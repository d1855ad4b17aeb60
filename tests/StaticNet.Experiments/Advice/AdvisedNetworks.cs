#pragma warning disable SN1001, SN1002, SN1003, SN1004, SN1005, SN1006, SN1007, SN1008, SN1009, SN1010, SN1011 // Wrong on purpose: what each mistake costs is measured.
#pragma warning disable SN1012, SN1014, SN1018, SN1021, SN1025, SN1027, SN1028, SN1029, SN1030, SN1031

namespace StaticNet.Experiments.Advice;

/// <summary>Layers without an activation.</summary>
[Network]
[Input(2)]
[Dense(16)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class Linear;

/// <summary>The same with one.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class Rectified;

/// <summary>Equal weights in two layers.</summary>
[Network]
[Input(64)]
[Dense(16, Activation = Activation.Tanh, Initializer = Initializer.Constant, InitializerValue = 0.1f)]
[Dense(10, Initializer = Initializer.Zeros)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class EqualWeights;

/// <summary>Equal weights in one.</summary>
[Network]
[Input(64)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(10, Initializer = Initializer.Zeros)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class RandomWeights;

/// <summary>Zero weights before a ReLU.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.Zeros)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class ZeroWeights;

/// <summary>A network of one hidden layer.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class Plain;

/// <summary>Twelve rectified layers with the weights of tanh.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(32, Activation = Activation.ReLU, Initializer = Initializer.GlorotUniform)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class DeepGlorot;

/// <summary>The same with the weights of ReLU.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class DeepHe;

/// <summary>Six sigmoid layers.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(32, Activation = Activation.Sigmoid)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class DeepSigmoid;

/// <summary>Six rectified layers.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class DeepRectified;

/// <summary>A squared error after a sigmoid that begins wrong.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1, Activation = Activation.Sigmoid, BiasValue = -6)]
[MeanSquaredErrorLoss]
[Training]
internal sealed partial class SquaredSigmoid;

/// <summary>The same with the cross-entropy.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1, Activation = Activation.Sigmoid, BiasValue = -6)]
[BinaryCrossEntropyLoss]
[Training]
internal sealed partial class EntropySigmoid;

/// <summary>Logits after a ReLU.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10, Activation = Activation.ReLU)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class RectifiedLogits;

/// <summary>The loss of probabilities without a sigmoid.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1)]
[BinaryCrossEntropyLoss]
[Training]
internal sealed partial class NoProbabilities;

/// <summary>The loss of logits.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class Logits;

/// <summary>A rectified output.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1, Activation = Activation.ReLU)]
[MeanSquaredErrorLoss]
[Training]
internal sealed partial class RectifiedOutput;

/// <summary>A linear output.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1)]
[MeanSquaredErrorLoss]
[Training]
internal sealed partial class LinearOutput;

/// <summary>Four fifths dropped.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dropout(0.8)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class MuchDropout;

/// <summary>One half dropped.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class HalfDropout;

/// <summary>A dropped output.</summary>
[Network]
[Input(2)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(1)]
[Dropout(0.5)]
[MeanSquaredErrorLoss]
[Training]
internal sealed partial class DroppedOutput;

/// <summary>Dropout before batch norms.</summary>
[Network]
[Input(64)]
[Dense(32, Bias = false)]
[Dropout(0.5)]
[BatchNorm(Activation = Activation.ReLU)]
[Dense(32, Bias = false)]
[Dropout(0.5)]
[BatchNorm(Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class DropoutThenNorm;

/// <summary>Dropout after them.</summary>
[Network]
[Input(64)]
[Dense(32, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Dropout(0.5)]
[Dense(32, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class NormThenDropout;

/// <summary>A batch norm of two values.</summary>
[Network]
[Input(64)]
[Dense(32, Bias = false)]
[BatchNorm(Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 2)]
internal sealed partial class NormOfTwo;

/// <summary>A layer norm.</summary>
[Network]
[Input(64)]
[Dense(32, Bias = false)]
[LayerNorm]
[Activation(Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 2)]
internal sealed partial class NormOfSamples;

/// <summary>Two units before ten classes.</summary>
[Network]
[Input(64)]
[Dense(2, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class Bottleneck;

/// <summary>Sixteen units before ten classes.</summary>
[Network]
[Input(64)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class Wide;

/// <summary>A softmax between layers.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.Softmax)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class InnerSoftmax;

/// <summary>Strong label smoothing.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.9f)]
[Training]
internal sealed partial class Smoothed;

/// <summary>Usual label smoothing.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)]
[Training]
internal sealed partial class SlightlySmoothed;

/// <summary>A simple recurrent layer that must remember its first step.</summary>
[Network]
[Input(1, Steps = 60)]
[SimpleRNN(16, ReturnSequences = false)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class SimpleMemory;

/// <summary>An LSTM that begins by forgetting.</summary>
[Network]
[Input(1, Steps = 60)]
[LSTM(16, ForgetBias = 0, ReturnSequences = false)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class ForgettingMemory;

/// <summary>An LSTM that begins by keeping.</summary>
[Network]
[Input(1, Steps = 60)]
[LSTM(16, ReturnSequences = false)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class KeepingMemory;

/// <summary>A receptive field of 8 steps of 60.</summary>
[Network]
[Input(1, Steps = 60)]
[CausalConv1D(8, Kernel = 8, Activation = Activation.Tanh)]
[LastStep]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class ShortField;

/// <summary>One of all 60.</summary>
[Network]
[Input(1, Steps = 60)]
[CausalConv1D(8, Kernel = 8, Activation = Activation.Tanh)]
[CausalConv1D(8, Kernel = 8, Dilation = 8, Activation = Activation.Tanh)]
[LastStep]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training]
internal sealed partial class LongField;

/// <summary>Units just above whole vectors.</summary>
[Network]
[Input(64)]
[Dense(33, Activation = Activation.ReLU)]
[Dense(33, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class Above;

/// <summary>Units of whole vectors.</summary>
[Network]
[Input(64)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training]
internal sealed partial class Whole;

/// <summary>Weights of 3 MB.</summary>
[Network]
[Input(784)]
[Dense(1024, Activation = Activation.ReLU)]
[Dense(10)]
internal sealed partial class Large;

/// <summary>The same, as it is used.</summary>
[InferenceOf(typeof(Large))]
internal sealed partial class LargeModel;

/// <summary>The same in 16 bits.</summary>
[InferenceOf(typeof(Large), Storage = WeightStorage.BFloat16)]
internal sealed partial class HalfModel;
