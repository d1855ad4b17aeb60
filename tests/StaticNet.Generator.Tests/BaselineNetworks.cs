namespace StaticNet.Generator.Tests;

/// <summary>The networks whose generated code is kept beside the tests, to be read in reviews.</summary>
internal static class BaselineNetworks
{
    /// <summary>The network that is kept for every vector width. The others are for 256 bits, the width that code is tuned for.</summary>
    public const string AllWidths = "TinyTanh";

    public static readonly IReadOnlyDictionary<string, string> All = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        // Everything unrolled, forward only; for all vector widths.
        [AllWidths] = """
            [Network]
            [Input(8)]
            [Dense(16, Activation = Activation.Tanh)]
            [Dense(16, Activation = Activation.Tanh)]
            [Dense(4)]
            public sealed partial class TinyTanh;
            """,

        // The smallest that trains: the worked example of the texts.
        ["TwoTwoTwo"] = """
            [Network]
            [Input(2)]
            [Dense(2, Activation = Activation.Sigmoid)]
            [Dense(2, Activation = Activation.Sigmoid)]
            [HalfSquaredErrorLoss(Reduction = Reduction.Sum)]
            [Training(BatchSize = 1)]
            public sealed partial class TwoTwoTwo;
            """,

        // Loops and tiles, with remainders in every dimension.
        ["Digits"] = """
            [Network]
            [Input(64)]
            [Dense(37, Activation = Activation.ReLU)]
            [Dense(10)]
            [SoftmaxCrossEntropyLoss]
            [Training(BatchSize = 32)]
            public sealed partial class Digits;
            """,

        // One network twice: with training code, and without.
        ["Twin"] = """
            [Network]
            [Input(8)]
            [Dense(5, Activation = Activation.ReLU)]
            [Dense(3)]
            [SoftmaxCrossEntropyLoss]
            [Training]
            public sealed partial class Trained;

            [InferenceOf(typeof(Trained))]
            public sealed partial class Twin;
            """,

        // Convolutions with padding and strides, batch norms, pooling, a residual connection.
        ["Convolutional"] = """
            [Network]
            [Input(1, 10, 10)]
            [Conv2D(20, Padding = 1, Bias = false)]
            [BatchNorm(Activation = Activation.ReLU)]
            [MaxPool2D(2, Name = "small")]
            [Conv2D(20, Padding = 1)]
            [Add("small")]
            [Conv2D(6, Stride = 2, AutoPadding = AutoPadding.Same, Activation = Activation.Tanh)]
            [GlobalAveragePool]
            [Dense(3)]
            [SoftmaxCrossEntropyLoss]
            [Training(BatchSize = 8)]
            public sealed partial class Convolutional;
            """,

        // Inference alone: Winograd's algorithm and a depthwise convolution.
        ["Separated"] = """
            [Network]
            [Input(16, 8, 8)]
            [Conv2D(16, Padding = 1, Activation = Activation.ReLU)]
            [DepthwiseConv2D(Padding = 1)]
            [BatchNorm]
            [GlobalMaxPool]
            public sealed partial class Separated;
            """,

        // Joins, a block and names.
        ["Residual"] = """
            [Dense(16, Activation = Activation.ReLU)]
            [Dense(16)]
            [Add("input")]
            internal sealed class ResidualBlock;

            [Network]
            [Input(16)]
            [Block(typeof(ResidualBlock), Name = "first")]
            [Activation(Activation.ReLU)]
            [Dense(16, Activation = Activation.Sigmoid, From = "first", Name = "gate")]
            [Multiply("activation1")]
            [Concat("first")]
            [Dense(3)]
            [MeanSquaredErrorLoss]
            [Training(BatchSize = 8)]
            public sealed partial class Residual;
            """,

        // Frozen layers: the backward code stops in front of them.
        ["Frozen"] = """
            [Network]
            [Input(12)]
            [Dense(12, Activation = Activation.Tanh, Trainable = false)]
            [Dense(12, Activation = Activation.Tanh)]
            [Dense(5)]
            [HuberLoss(Delta = 0.5f)]
            [Training(BatchSize = 16)]
            public sealed partial class Frozen;
            """,

        // Dropout, maxout, PReLU.
        ["Regularised"] = """
            [Network]
            [Input(10)]
            [Maxout(8, 3)]
            [Dropout(0.5)]
            [Dense(8, Activation = Activation.PReLU)]
            [Dense(1)]
            [BinaryCrossEntropyWithLogitsLoss]
            [Training(BatchSize = 16)]
            public sealed partial class Regularised;
            """,

        // Two losses on two heads.
        ["TwoHeads"] = """
            [Network]
            [Input(6)]
            [Dense(8, Activation = Activation.SiLU, Name = "body")]
            [Dense(3, Name = "classes")]
            [Dense(2, From = "body", Name = "figures")]
            [SoftmaxCrossEntropyLoss(From = "classes", LabelSmoothing = 0.1f)]
            [MeanAbsoluteErrorLoss(From = "figures", Weight = 0.5f)]
            [Training(BatchSize = 4)]
            public sealed partial class TwoHeads;
            """,

        // Rows of features, reshapes, softmax at the end.
        ["Rows"] = """
            [Network]
            [Input(3, 4, 5)]
            [Dense(7, Activation = Activation.GELU)]
            [Reshape(12, -1)]
            [Flatten]
            [Dense(6, Activation = Activation.Softmax)]
            public sealed partial class Rows;
            """,

        // A sequence with a stride in time that is undone, and a cell with recurrent dropout and weight normalisation; also as a stream.
        ["Streamed"] = """
            [Network]
            [Input(2, Steps = 8)]
            [CausalConv1D(4, Kernel = 3, Stride = 2)]
            [GRU(3, RecurrentDropout = 0.25, WeightNorm = true)]
            [CausalConvTranspose1D(1, Kernel = 2, Stride = 2)]
            [MeanSquaredErrorLoss]
            [Training(BatchSize = 4)]
            public sealed partial class Streamed;
            """,

        // Nested, generic, with loops even for one sample.
        ["Nested"] = """
            public static partial class Outer<T>
            {
                [Network]
                [Input(24)]
                [Dense(24, Activation = Activation.ELU, Unrolling = Unrolling.Never)]
                [Dense(2, Bias = false)]
                [SquaredHingeLoss]
                [Training(BatchSize = 8)]
                public sealed partial class Nested;
            }
            """,
    };
}
