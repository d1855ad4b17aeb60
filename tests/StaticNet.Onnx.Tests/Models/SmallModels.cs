namespace StaticNet.Onnx.Tests.Models;

/// <summary>Models of several operators for tests that need any.</summary>
internal static class SmallModels
{
    /// <summary>A convolution, a norm, pooling, a reshape with a computed shape, and a product.</summary>
    public static byte[] Convolutional => new ModelBuilder().Input("image", -1, 2, 8, 8).Output("scores")
        .Weights("w", 4, 2, 3, 3).Weights("b", 4)
        .Node("Conv", ["image", "w", "b"], ["c"], ("pads", new long[] { 1, 1, 1, 1 }))
        .Weights("scale", 4).Weights("shift", 4).Weights("mean", 4).Weights("variance", 4)
        .Node("BatchNormalization", ["c", "scale", "shift", "mean", "variance"], ["n"])
        .Node("Relu", "n", "r")
        .Node("MaxPool", "r", "p", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))
        .Node("Shape", "p", "shape").Constant("zero", [0L], 1).Node("Gather", ["shape", "zero"], ["batch"], ("axis", 0L)).Constant("rest", [-1L], 1)
        .Node("Concat", ["batch", "rest"], ["flat"], ("axis", 0L)).Node("Reshape", ["p", "flat"], ["f"])
        .Weights("dense", 64, 3).Node("MatMul", ["f", "dense"], ["m"]).Weights("bias", 3).Node("Add", ["m", "bias"], ["a"])
        .Node("Softmax", "a", "scores", ("axis", -1L)).Bytes;

    /// <summary>An LSTM over three steps.</summary>
    public static byte[] Recurrent => new ModelBuilder().Input("x", 3, 1, 2).Output("y")
        .Weights("w", 1, 8, 2).Weights("r", 1, 8, 2).Weights("b", 1, 16)
        .Node("LSTM", ["x", "w", "r", "b"], ["", "y"], ("hidden_size", 2L)).Bytes;
}
