namespace StaticNet.Networks;

/// <summary>
/// LeNet-5 as LeCun, Bottou, Bengio and Haffner published it in 1998 (Gradient-Based Learning Applied to Document
/// Recognition): subsampling with a coefficient and a bias a map, a second convolution (C3) whose maps see some of the maps
/// below each, by the paper's table I, and 1.7159·tanh(2x/3) throughout. 1×28×28 → C1 6×28×28 → S2 6×14×14 → C3 16×10×10 →
/// S4 16×5×5 → C5 120 → F6 84 → 10.
/// </summary>
/// <remarks>
/// Two differences. The paper puts 28×28 digits on a field of 32×32; here the first convolution is padded by 2, which is
/// the same. Its output is the distance of F6 to fixed drawings of the digits (radial basis functions); here it is a dense
/// layer under a softmax cross-entropy.
/// </remarks>
[Network]
[Input(1, 28, 28)]
[Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.LeCunTanh)]
[Subsampling2D(2, Activation = Activation.LeCunTanh)]
[Conv2D(
    16,
    Kernel = 5,
    Activation = Activation.LeCunTanh,
    Connections =
    [
        "X...XXX..XXXX.XX",
        "XX...XXX..XXXX.X",
        "XXX...XXX..X.XXX",
        ".XXX..XXXX..X.XX",
        "..XXX..XXXX.XX.X",
        "...XXX..XXXX.XXX",
    ])]
[Subsampling2D(2, Activation = Activation.LeCunTanh)]
[Conv2D(120, Kernel = 5, Activation = Activation.LeCunTanh)]
[Flatten]
[Dense(84, Activation = Activation.LeCunTanh)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 32)]
public sealed partial class LeNet5Of1998;
