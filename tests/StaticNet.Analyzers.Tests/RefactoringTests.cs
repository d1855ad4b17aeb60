using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using StaticNet.CodeFixes;
using StaticNet.CodeFixes.Sequential;

namespace StaticNet.Analyzers.Tests;

/// <summary>What an editor offers for a declaration that has no fault.</summary>
public class RefactoringTests
{
    private const string Torch = """
        // model = nn.Sequential(
        //     nn.Conv2d(1, 8, kernel_size=3, padding=1),  # features
        //     nn.ReLU(),
        //     nn.MaxPool2d(2),
        //     nn.Conv2d(8, 16, (3, 5), stride=1, bias=False),
        //     nn.BatchNorm2d(16),
        //     nn.LeakyReLU(0.2),
        //     nn.Flatten(),
        //     nn.Linear(16 , 10),
        //     nn.Softmax(dim=1))
        """;

    [Fact]
    public async Task A_twin_follows_its_network() => Assert.Equal(
        "using StaticNet;\n[Network]\n[Input(4)]\n[Dense(2)]\npublic sealed partial class Net;\n\n[InferenceOf(typeof(Net))]\npublic sealed partial class NetModel;\n",
        await Apply(new NetworkRefactoringProvider(), "Make an inference twin", "using StaticNet;\n[Network]\n[Input(4)]\n[Dense(2)]\npublic sealed partial class [|Net|];\n"));

    [Fact]
    public async Task Selected_layers_become_a_block() => Assert.Equal(
        "using StaticNet;\n[Network]\n[Input(4)]\n[Block(typeof(NetBlock))]\n[Dense(2)]\npublic sealed partial class Net;\n\n[Dense(8, Bias = false)]\n[BatchNorm]\npublic sealed class NetBlock;\n",
        await Apply(new NetworkRefactoringProvider(), "Move the layers into a block", "using StaticNet;\n[Network]\n[Input(4)]\n[|[Dense(8, Bias = false)]\n[BatchNorm]|]\n[Dense(2)]\npublic sealed partial class Net;\n"));

    [Fact]
    public async Task Layers_with_names_do_not_become_a_block() => Assert.Null(
        await Apply(new NetworkRefactoringProvider(), "Move the layers into a block", "using StaticNet;\n[Network]\n[Input(4)]\n[|[Dense(8, Name = \"a\")]\n[BatchNorm]|]\n[Concat(\"a\")]\npublic sealed partial class Net;\n"));

    [Fact]
    public async Task A_block_becomes_its_layers() => Assert.Equal(
        "using StaticNet;\n[Dense(8)]\n[BatchNorm]\nclass Part;\n[Network]\n[Input(4)]\n[Dense(8)]\n[BatchNorm]\n[Dense(2)]\npartial class Net;\n",
        await Apply(new NetworkRefactoringProvider(), "Replace the block with its layers", "using StaticNet;\n[Dense(8)]\n[BatchNorm]\nclass Part;\n[Network]\n[Input(4)]\n[[|Block|](typeof(Part))]\n[Dense(2)]\npartial class Net;\n"));

    [Fact]
    public async Task A_second_block_gets_another_name() => Assert.Equal(
        "using StaticNet;\n[Network]\n[Input(4)]\n[Block(typeof(NetBlock2))]\n[Dense(2)]\npartial class Net;\n\n[Dense(8)]\n[BatchNorm]\nsealed class NetBlock2;\nclass NetBlock;\n",
        await Apply(new NetworkRefactoringProvider(), "Move the layers into a block", "using StaticNet;\n[Network]\n[Input(4)]\n[|[Dense(8)]\n[BatchNorm]|]\n[Dense(2)]\npartial class Net;\nclass NetBlock;\n"));

    [Theory]
    [InlineData("Move the layers into a block", "[Network][Input(4)][|[Dense(8)][BatchNorm]|][Dense(8)][Activation(Activation.Tanh)][Add(\"dense2\")] partial class Net;")]
    [InlineData("Replace the block with its layers", "[Dense(8)] class Part; [Network][Input(4)][[|Block|](typeof(Part))][Dense(8)][Activation(Activation.Tanh)][Add(\"dense1\")] partial class Net;")]
    [InlineData("Replace the block with its layers", "[Dense(8)] class Part; [Network][Input(4)][[|Block|](typeof(Part))][Block(typeof(Part))][Dense(8)][Add(\"block2\")] partial class Net;")]
    public async Task Layers_whose_numbers_others_are_called_by_stay_where_they_are(string title, string source) =>
        Assert.Null(await Apply(new NetworkRefactoringProvider(), title, "using StaticNet;\n" + source));

    /// <summary>6×6 is the smallest image of which 16 numbers are left.</summary>
    [Fact]
    public async Task A_model_of_PyTorch_in_a_comment_becomes_a_network() => Assert.Equal(
        """
        using StaticNet;
        [Network]
        [Input(1, 6, 6)]
        [Conv2D(8, Padding = 1, Activation = Activation.ReLU)]
        [MaxPool2D(2)]
        [Conv2D(16, Bias = false)]
        [BatchNorm(Activation = Activation.LeakyReLU, ActivationAlpha = 0.2f)]
        [Flatten]
        [Dense(10, Activation = Activation.Softmax)]
        public sealed partial class ConvertedNetwork;

        """,
        await Apply(new SequentialRefactoringProvider(), "Convert to a network", "using StaticNet;\n[||]" + Torch.Replace("(3, 5)", "3", StringComparison.Ordinal) + "\n"));

    [Fact]
    public async Task A_model_of_Keras_in_a_string_becomes_a_network() => Assert.Equal(
        """"
        using StaticNet;
        class Notes
        {
            string model = """
                model = keras.Sequential([
                    keras.Input(shape=(28, 28, 1)),
                    layers.Conv2D(32, kernel_size=(3, 3), activation="relu", padding="same"),
                    layers.MaxPooling2D(pool_size=(2, 2)),
                    layers.BatchNormalization(),
                    layers.GlobalAveragePooling2D(),
                    layers.Flatten(),
                    layers.Dropout(0.5),
                    layers.Dense(10, activation="softmax"),
                ])
                """;
        }

        [Network]
        [Input(1, 28, 28, Layout = Layout.ChannelsLast)]
        [Conv2D(32, AutoPadding = AutoPadding.Same, Activation = Activation.ReLU)]
        [MaxPool2D(2)]
        [BatchNorm(Epsilon = 0.001f, Momentum = 0.01f)]
        [GlobalAveragePool]
        [Dropout(0.5)]
        [Dense(10, Activation = Activation.Softmax)]
        public sealed partial class ConvertedNetwork;

        """",
        await Apply(new SequentialRefactoringProvider(), "Convert to a network", """"
        using StaticNet;
        class Notes
        {
            string model = [||]"""
                model = keras.Sequential([
                    keras.Input(shape=(28, 28, 1)),
                    layers.Conv2D(32, kernel_size=(3, 3), activation="relu", padding="same"),
                    layers.MaxPooling2D(pool_size=(2, 2)),
                    layers.BatchNormalization(),
                    layers.GlobalAveragePooling2D(),
                    layers.Flatten(),
                    layers.Dropout(0.5),
                    layers.Dense(10, activation="softmax"),
                ])
                """;
        }

        """"));

    [Theory]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 2, bias=False))", "[Network]|[Input(4)]|[Dense(8, Activation = Activation.Tanh)]|[Dense(2, Bias = false)]")]
    [InlineData("torch.nn.Sequential(Conv2d(3, 16, 5, 2, groups=1, padding='same'), AdaptiveAvgPool2d((1, 1)), Flatten(), Linear(16, 2))", "[Network]|[Input(3, 32, 32)]|[Conv2D(16, Kernel = 5, Stride = 2, AutoPadding = AutoPadding.Same)]|[GlobalAveragePool]|[Dense(2)]")]
    [InlineData("Sequential([Dense(8, 'elu', input_shape=(4,)), Dense(1)])", "[Network]|[Input(4)]|[Dense(8, Activation = Activation.ELU)]|[Dense(1)]")]
    [InlineData("nn.Sequential(nn.Linear(4, 8), MyLayer())", null)]
    [InlineData("nn.Sequential(nn.Linear(4, n), nn.Tanh())", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8", null)]
    [InlineData("Sequential([Dense(8)])", null)]
    [InlineData("Sequential()", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.PReLU())", "[Network]|[Input(4)]|[Dense(8, Activation = Activation.PReLU, SharedSlope = true)]")]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.ReLU(True), nn.BatchNorm1d(8, eps=1e-3, affine=False), nn.Softmax(dim=-1))", "[Network]|[Input(4)]|[Dense(8, Activation = Activation.ReLU)]|[BatchNorm(Epsilon = 0.001f, Affine = false, Activation = Activation.Softmax)]")]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(2, 2, 0, 1, False, True), nn.AvgPool2d(2, count_include_pad=False), nn.AdaptiveAvgPool2d(1))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(2, ceil_mode=True), nn.AvgPool2d(2, count_include_pad=False), nn.Flatten(1), nn.Linear(16, 2))", "[Network]|[Input(1, 9, 9)]|[Conv2D(4)]|[MaxPool2D(2, CeilMode = true)]|[AveragePool2D(2, CountIncludesPadding = false)]|[Flatten]|[Dense(2)]")]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, (3, 5)), nn.AvgPool2d(2, 2, 0, True), nn.Flatten(), nn.Linear(24, 2))", "[Network]|[Input(1, 7, 7)]|[Conv2D(4, KernelHeight = 3, KernelWidth = 5)]|[AveragePool2D(2, CeilMode = true)]|[Flatten]|[Dense(2)]")]
    [InlineData("Sequential([Conv2D(4, 3, dilation_rate=2, input_shape=(8, 8, 1)), AveragePooling2D(2, padding='same'), GlobalAveragePooling2D(name='g')])", "[Network]|[Input(1, 8, 8, Layout = Layout.ChannelsLast)]|[Conv2D(4, Dilation = 2)]|[AveragePool2D(2, AutoPadding = AutoPadding.Same, CountIncludesPadding = false)]|[GlobalAveragePool]")]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.GELU(approximate='tanh'))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.Softplus(2))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.PReLU(8))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), nn.Softmax(dim=0))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8, bias=bias))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(3, dilation=2))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3, padding=1, padding_mode='reflect'))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.Flatten(), nn.Linear(7, 2))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.Linear(8, 2))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), device='cuda')", null)]
    [InlineData("Sequential([Dense(8, input_shape=(4,)), ReLU(max_value=6)])", null)]
    [InlineData("Sequential([Dense(8, input_shape=(4,)), PReLU()])", null)]
    [InlineData("Sequential([Dense(8, input_shape=(4,)), Dense(2, input_shape=(9,))])", null)]
    [InlineData("Sequential([Dense(8, input_shape=(4, 4))])", null)]
    [InlineData("Sequential([Dense(8, input_shape=())])", null)]
    [InlineData("Sequential([MaxPooling2D(pool_size=(2,), input_shape=(8, 8, 1))])", null)]
    [InlineData("nn.Sequential(nn.Linear(99999999999, 3))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(0), nn.Flatten(), nn.Linear(4, 2))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3, stride=0), nn.Flatten(), nn.Linear(4, 2))", null)]
    [InlineData("nn.Sequential(nn.Conv2d(1, 4, 3), nn.MaxPool2d(()), nn.Flatten(), nn.Linear(4, 2))", null)]
    [InlineData("nn.Sequential(nn.Linear(4, 8), # nn.Tanh(),\n nn.ReLU())", "[Network]|[Input(4)]|[Dense(8, Activation = Activation.ReLU)]")]
    public async Task Layers_are_converted_or_nothing_is_offered(string model, string? attributes)
    {
        var converted = await Apply(new SequentialRefactoringProvider(), "Convert to a network", $"[||]/* {model} */");

        Assert.Equal(attributes?.Replace('|', '\n') + (attributes is null ? "" : "\npublic sealed partial class ConvertedNetwork;"), converted ?? "");
    }

    [Theory]
    [InlineData("class A\n{\n    int x; [||]// nn.Sequential(nn.Linear(4, 2))\n}\n", "class A\n{\n    int x; // nn.Sequential(nn.Linear(4, 2))\n}\n\nNET")]
    [InlineData("class A\n{\n    [||]// nn.Sequential(nn.Linear(4, 2))\n    int x;\n}\n", "class A\n{\n    // nn.Sequential(nn.Linear(4, 2))\n    int x;\n}\n\nNET")]
    [InlineData("[||]// nn.Sequential(nn.Linear(4, 2))\nusing StaticNet;\n", "// nn.Sequential(nn.Linear(4, 2))\nusing StaticNet;\n\nNET")]
    [InlineData("[||]// The model nn.Sequential(nn.Linear(4, 2)) is old.\n", "// The model nn.Sequential(nn.Linear(4, 2)) is old.\n\nNET")]
    [InlineData("[||]/* Old: nn.Sequential(nn.Linear(4, 2)) */\n", "/* Old: nn.Sequential(nn.Linear(4, 2)) */\n\nNET")]
    [InlineData("// Mine.\n[||]// m = nn.Sequential(\n//   nn.Linear(4, 2))  # layers\n// Yours.\n/// <summary>A.</summary>\nclass A;\n", "// Mine.\nNET// Yours.\n/// <summary>A.</summary>\nclass A;\n")]
    public async Task Nothing_but_the_model_gives_way(string source, string expected) => Assert.Equal(
        expected.Replace("NET", "[Network]\n[Input(4)]\n[Dense(2)]\npublic sealed partial class ConvertedNetwork;\n", StringComparison.Ordinal),
        await Apply(new SequentialRefactoringProvider(), "Convert to a network", source));

    [Fact]
    public async Task A_second_model_gets_another_name() => Assert.Contains(
        "class ConvertedNetwork2;",
        await Apply(new SequentialRefactoringProvider(), "Convert to a network", "[||]// nn.Sequential(nn.Linear(4, 2))\nclass ConvertedNetwork;\n"), StringComparison.Ordinal);

    /// <summary>The text after a refactoring; null if it is not offered.</summary>
    private static async Task<string?> Apply(CodeRefactoringProvider provider, string title, string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", start + 2, StringComparison.Ordinal) - 2;
        var source = marked.Remove(end + 2, 2).Remove(start, 2);
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Project", LanguageNames.CSharp).WithParseOptions(Advised.ParseOptions).AddMetadataReferences(Advised.References).AddDocument("Source.cs", source);
        CodeAction? offered = null;
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, TextSpan.FromBounds(start, end), action => offered = action.Title == title ? action : offered, CancellationToken.None));
        if (offered is null)
            return null;
        var operation = (await offered.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
