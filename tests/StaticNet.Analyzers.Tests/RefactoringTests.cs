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
    public async Task Layers_are_converted_or_nothing_is_offered(string model, string? attributes)
    {
        var converted = await Apply(new SequentialRefactoringProvider(), "Convert to a network", $"[||]/* {model} */");

        Assert.Equal(attributes?.Replace('|', '\n') + (attributes is null ? "" : "\npublic sealed partial class ConvertedNetwork;"), converted ?? "");
    }

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
