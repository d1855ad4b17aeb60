namespace StaticNet.Onnx.Tests.Models;

/// <summary>Small models, each of something that the import turns back or must get right, with the layers that they become.</summary>
internal static class PassModels
{
    public static IReadOnlyList<(string Name, ModelBuilder Model, string[] Layers)> All { get; } =
    [
        ("product and sum", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 3, 2).Weights("b", 2)
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["b", "m"], ["a"]).Node("Relu", "a", "y"), ["[Input(3)]", "[Dense(2, Activation = Activation.ReLU)]"]),
        ("product and difference", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 3, 2).Weights("b", 2)
            .Node("MatMul", ["x", "w"], ["m"]).Node("Sub", ["m", "b"], ["y"]), ["[Input(3)]", "[Dense(2)]"]),
        ("a product that is read twice keeps its sum apart", new ModelBuilder().Input("x", 1, 3).Output("y", "m").Weights("w", 3, 2).Weights("b", 2)
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"]),
            ["[Input(3)]", "[Dense(2, Bias = false, Name = \"dense1\")]", "[Constant(2, Name = \"constant1\")]", "[Add(\"constant1\", Name = \"add1\")]", "[Output(From = \"add1\", Name = \"y\")]", "[Output(From = \"dense1\", Name = \"m\")]"]),
        ("a bias of equal numbers", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 3, 2).Constant("b", [0.5f, 0.5f], 2)
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"]), ["[Input(3)]", "[Dense(2)]"]),
        ("a bias of zeros", new ModelBuilder().Input("x", 1, 2, 5).Output("y").Weights("w", 4, 2, 3).Constant("b", [0f, 0f, 0f, 0f], 4, 1)
            .Node("Conv", ["x", "w"], ["c"]).Node("Add", ["c", "b"], ["y"]), ["[Input(2, 5)]", "[Conv1D(4)]"]),
        ("the bias of a single unit", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 3, 1).Constant("b", [0.5f], 1)
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"]), ["[Input(3)]", "[Dense(1)]"]),
        ("a number for all units", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 3, 2).Constant("b", [0.5f])
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"]), ["[Input(3)]", "[Dense(2, Bias = false)]", "[Rescaling(1f, Offset = 0.5f)]"]),
        ("Gemm with factors", new ModelBuilder().Input("x", 1, 3).Output("y").Weights("w", 2, 3).Weights("c", 1, 2)
            .Node("Gemm", ["x", "w", "c"], ["y"], ("transB", 1L), ("alpha", 0.5f), ("beta", 2f)), ["[Input(3)]", "[Dense(2)]"]),
        ("GELU in parts", new ModelBuilder().Input("x", 1, 6).Output("y").Constant("r", [1.4142135f]).Constant("one", [1f]).Constant("half", [0.5f])
            .Node("Div", ["x", "r"], ["d"]).Node("Erf", "d", "e").Node("Add", ["e", "one"], ["a"]).Node("Mul", ["x", "a"], ["m"]).Node("Mul", ["m", "half"], ["y"]),
            ["[Input(6)]", "[Activation(Activation.GELU)]"]),
        ("GELU by tanh in parts", new ModelBuilder().Input("x", 1, 6).Output("y").Constant("three", [3f]).Constant("c", [0.044715f]).Constant("s", [0.7978846f]).Constant("one", [1f]).Constant("half", [0.5f])
            .Node("Pow", ["x", "three"], ["p"]).Node("Mul", ["p", "c"], ["q"]).Node("Add", ["x", "q"], ["i"]).Node("Mul", ["i", "s"], ["t"]).Node("Tanh", "t", "u").Node("Add", ["u", "one"], ["a"]).Node("Mul", ["x", "half"], ["h"]).Node("Mul", ["h", "a"], ["y"]),
            ["[Input(6)]", "[Activation(Activation.GELUTanh)]"]),
        ("SiLU in parts", new ModelBuilder().Input("x", 1, 6).Output("y").Node("Sigmoid", "x", "s").Node("Mul", ["s", "x"], ["y"]), ["[Input(6)]", "[Activation(Activation.SiLU)]"]),
        ("hard swish in parts", new ModelBuilder(10).Input("x", 1, 6).Output("y").Constant("three", [3f]).Constant("six", [6f])
            .Node("Add", ["x", "three"], ["a"]).Node("Clip", "a", "c", ("min", 0f), ("max", 6f)).Node("Mul", ["x", "c"], ["m"]).Node("Div", ["m", "six"], ["y"]),
            ["[Input(6)]", "[Activation(Activation.HardSwish)]"]),
        ("Mish in parts", new ModelBuilder().Input("x", 1, 6).Output("y").Node("Softplus", "x", "s").Node("Tanh", "s", "t").Node("Mul", ["x", "t"], ["y"]), ["[Input(6)]", "[Activation(Activation.Mish)]"]),
        ("a function without a name", new ModelBuilder().Input("x", 1, 6).Output("y").Constant("two", [2f]).Node("Tanh", "x", "t").Node("Mul", ["t", "two"], ["m"]).Node("Sub", ["m", "x"], ["y"]),
            ["[Input(6)]", "[Activation(\"tanh(x) * 2 - x\")]"]),
        ("layer norm in parts", new ModelBuilder(13).Input("x", 1, 4, 6).Output("y").Constant("two", [2f]).Constant("e", [1e-5f]).Weights("g", 6).Weights("b", 6)
            .Node("ReduceMean", "x", "m", ("axes", new[] { -1L })).Node("Sub", ["x", "m"], ["d"]).Node("Pow", ["d", "two"], ["p"]).Node("ReduceMean", "p", "v", ("axes", new[] { -1L }))
            .Node("Add", ["v", "e"], ["s"]).Node("Sqrt", "s", "r").Node("Div", ["d", "r"], ["n"]).Node("Mul", ["n", "g"], ["w"]).Node("Add", ["w", "b"], ["y"]),
            ["[Input(4, 6)]", "[LayerNorm(FirstAxis = -1)]"]),
        ("RMS norm in parts", new ModelBuilder(13).Input("x", 1, 4, 6).Output("y").Constant("two", [2f]).Constant("e", [1e-6f]).Constant("one", [1f]).Weights("g", 6)
            .Node("Pow", ["x", "two"], ["p"]).Node("ReduceMean", "p", "v", ("axes", new[] { -1L })).Node("Add", ["v", "e"], ["s"]).Node("Sqrt", "s", "r").Node("Div", ["one", "r"], ["i"])
            .Node("Mul", ["x", "i"], ["n"]).Node("Mul", ["g", "n"], ["y"]), ["[Input(4, 6)]", "[RMSNorm(FirstAxis = -1)]"]),
        ("flatten by a computed shape", new ModelBuilder().Input("x", -1, 2, 3).Output("y").Constant("zero", [0L], 1).Constant("rest", [-1L], 1).Weights("w", 6, 2)
            .Node("Shape", "x", "s").Node("Gather", ["s", "zero"], ["n"], ("axis", 0L)).Node("Concat", ["n", "rest"], ["t"], ("axis", 0L)).Node("Reshape", ["x", "t"], ["f"]).Node("MatMul", ["f", "w"], ["y"]),
            ["[Input(2, 3)]", "[Flatten]", "[Dense(2, Bias = false)]"]),
        ("a normaliser", new ModelBuilder(10).Input("x", 1, 3).Output("y").Weights("m", 3).Weights("d", 3)
            .Node("Sub", ["x", "m"], ["s"]).Node("Div", ["s", "d"], ["q"]).Node("Clip", "q", "y", ("min", -5f), ("max", 5f)),
            ["[Input(3)]", "[Constant(3, Name = \"constant1\")]", "[Subtract(\"constant1\")]", "[Constant(3, Name = \"constant2\")]", "[Divide(\"constant2\")]", "[Clip(Min = -5f, Max = 5f)]"]),
        ("identities", new ModelBuilder(11).Input("x", 1, 3).Output("y").Node("Identity", "x", "i").Node("Dropout", "i", "d").Node("Cast", "d", "c", ("to", 1L)).Node("Tanh", "c", "y"),
            ["[Input(3)]", "[Activation(Activation.Tanh)]"]),
        ("channels first from channels last", new ModelBuilder().Input("x", 1, 4, 5, 2).Output("y").Weights("w", 3, 2, 3, 3)
            .Node("Transpose", "x", "t", ("perm", new long[] { 0, 3, 1, 2 })).Node("Conv", ["t", "w"], ["c"]).Node("Transpose", "c", "y", ("perm", new long[] { 0, 2, 3, 1 })),
            ["[Input(2, 4, 5, Layout = Layout.ChannelsLast)]", "[Conv2D(3, Bias = false)]"]),
        ("a softmax over channels", new ModelBuilder(13).Input("x", 1, 4, 2, 3).Output("y").Node("Softmax", "x", "y", ("axis", 1L)),
            ["[Input(4, 2, 3)]", "[Reshape(1, 4, 6)]", "[Permute(0, 2, 1)]", "[Activation(Activation.Softmax)]", "[Permute(0, 2, 1)]"]),
        ("a product of computed matrices", new ModelBuilder().Input("a", 1, 2, 3).Input("b", 1, 3, 4).Output("y").Node("MatMul", ["a", "b"], ["y"]), []),
        ("the place of the largest", new ModelBuilder().Input("x", 1, 2, 5).Output("y").Node("ArgMax", "x", "i", ("axis", 2L), ("keepdims", 0L)).Node("Cast", "i", "y", ("to", 1L)), []),
        ("a choice by a comparison", new ModelBuilder().Input("x", 1, 5).Input("z", 1, 5).Output("y").Node("Less", ["x", "z"], ["c"]).Node("Where", ["c", "x", "z"], ["y"]), []),
        ("reflected edges", new ModelBuilder(11).Input("x", 1, 2, 5).Output("y").Constant("p", [0L, 0, 2, 0, 0, 3], 6).Node("Pad", ["x", "p"], ["y"], ("mode", "reflect")), []),
        ("axes in another order, four of them", new ModelBuilder().Input("x", 2, 3, 4, 5).Output("y").Node("Transpose", "x", "y", ("perm", new long[] { 3, 1, 0, 2 })), []),
        ("steps backwards", new ModelBuilder(10).Input("x", 1, 6).Output("y").Constant("s", [-1L], 1).Constant("e", [-7L], 1).Constant("a", [1L], 1).Constant("t", [-2L], 1).Node("Slice", ["x", "s", "e", "a", "t"], ["y"]), []),
        ("a GRU", new ModelBuilder().Input("x", 3, 1, 2).Input("h", 1, 1, 2).Output("y", "last").Weights("w", 1, 6, 2).Weights("r", 1, 6, 2).Weights("b", 1, 12)
            .Node("GRU", ["x", "w", "r", "b", "", "h"], ["y", "last"], ("hidden_size", 2L), ("linear_before_reset", 1L)), []),
        ("a GRU with the gate first, both ways", new ModelBuilder().Input("x", 2, 1, 2).Output("y").Weights("w", 2, 6, 2).Weights("r", 2, 6, 2).Weights("b", 2, 12)
            .Node("GRU", ["x", "w", "r", "b"], ["y"], ("hidden_size", 2L), ("direction", "bidirectional")), []),
        ("an LSTM with its state", new ModelBuilder().Input("x", 2, 1, 3).Input("h", 1, 1, 2).Input("c", 1, 1, 2).Output("y", "hn", "cn").Weights("w", 1, 8, 3).Weights("r", 1, 8, 2).Weights("b", 1, 16)
            .Node("LSTM", ["x", "w", "r", "b", "", "h", "c"], ["y", "hn", "cn"], ("hidden_size", 2L)), []),
        ("asymmetric padding and strides", new ModelBuilder().Input("x", 1, 2, 7, 6).Output("y").Weights("w", 4, 2, 3, 2).Weights("b", 4)
            .Node("Conv", ["x", "w", "b"], ["y"], ("strides", new long[] { 2, 1 }), ("auto_pad", "SAME_LOWER")), []),
        ("a transposed convolution of a given shape", new ModelBuilder().Input("x", 1, 2, 3, 3).Output("y").Weights("w", 2, 2, 3, 3)
            .Node("ConvTranspose", ["x", "w"], ["y"], ("strides", new long[] { 3, 2 }), ("output_shape", new long[] { 10, 8 })), []),
        ("means over two axes", new ModelBuilder(13).Input("x", 1, 3, 4, 5).Output("y", "z").Node("ReduceMean", "x", "y", ("axes", new long[] { 2, 3 })).Node("ReduceMin", "x", "z", ("axes", new long[] { 1 }), ("keepdims", 0L)), []),
        ("a constant among parts", new ModelBuilder().Input("x", 1, 2, 3).Output("y").Weights("c", 1, 1, 3).Weights("d", 1, 2, 3).Node("Concat", ["c", "x", "d", "x"], ["y"], ("axis", 1L)), []),
        ("whole numbers", new ModelBuilder().Input("x", 1, 40).Output("y", "u", "v").Constant("c", [3.5f]).Node("Mul", ["x", "c"], ["m"]).Node("Round", "m", "y").Node("Floor", "m", "u").Node("Ceil", "m", "v"), []),
        ("sums so far", new ModelBuilder().Input("x", 1, 2, 5).Output("y").Constant("a", [2L]).Node("CumSum", ["x", "a"], ["y"], ("exclusive", 1L), ("reverse", 1L)), []),
        ("repeats", new ModelBuilder(13).Input("x", 1, 2, 3).Output("y").Constant("r", [1L, 2, 3], 3).Node("Tile", ["x", "r"], ["y"]), []),
    ];
}
