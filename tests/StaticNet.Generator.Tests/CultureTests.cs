using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StaticNet.Generator.Tests;

/// <summary>No number takes the way through the culture of the machine that builds.</summary>
public class CultureTests
{
    /// <summary>The files with networks of tests, benchmarks and samples.</summary>
    public static TheoryData<string> Files =>
    [
        .. new[] { "tests/StaticNet.Networks", "samples" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(path).Contains("[Network]", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_network_of_the_repository_has_the_same_code_in_every_culture(string file) =>
        Compare(File.ReadAllText(Path.Combine(Repository.Root, file)));

    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void Every_baseline_has_the_same_code_in_every_culture(string network) => Compare("using StaticNet;\n" + BaselineNetworks.All[network]);

    [Theory]
    [InlineData("[Input(8, 16, 16)][DepthwiseConv2D(Kernel = 3, Padding = 1)]")]
    [InlineData("[Input(8, 16, 16)][DepthwiseConv2D(Kernel = 7, Stride = 2, Padding = 3)][SeparableConv2D(4, Padding = 2)]")]
    [InlineData("[Input(2, 5)][Dense(3)][Slice(-1, 0, 2)][Slice(-2, 1, 1)]")]
    [InlineData("[Input(3, 9, 9)][ConvTranspose2D(4, Stride = 3, Padding = 1)][Mean(-1)][LayerNorm(FirstAxis = -2)]")]
    [InlineData("[Input(5)][Dense(4, Activation = Activation.LeakyReLU, ActivationAlpha = -0.25f, BiasValue = -1.5f)][LocalResponseNorm(Beta = -0.5f)]")]
    public void Negative_numbers_are_written_with_a_hyphen(string layers) =>
        Compare($"using StaticNet; [Network]{layers}[MeanSquaredErrorLoss][Training(BatchSize = 4)] partial class Net;");

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        const string source = "using StaticNet; [Network][Input(4)][Dropout(-1.5)] partial class A; [Network][Input(-4)][Dense(2)] partial class B; [Network][Input(4)][Reshape(-7, 3)] partial class C;";
        static string[] Messages() => [.. GeneratorHarness.Run(source).Diagnostics.Select(diagnostic => diagnostic.ToString())];
        var usual = Messages();

        Assert.Equal(3, usual.Length);
        Assert.All(HostileCulture.All, culture => Assert.Equal(usual, HostileCulture.Run(culture, Messages)));
    }

    /// <summary>
    /// Interpolated strings are invariant by the handler that the assembly brings. What goes round it is found here: numbers that are
    /// joined, concatenated, appended or turned to text without a culture.
    /// </summary>
    [Fact]
    public void No_number_of_the_generator_becomes_text_by_the_current_culture()
    {
        var compilation = GeneratorSource.Compilation;

        var found = compilation.SyntaxTrees.SelectMany(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            // Whole bodies and initialisers: asked for one by one, expressions would be bound again and again.
            return tree.GetRoot().DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax))
                .Select(node => node is BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or ArgumentListSyntax { Parent: ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax } ? model.GetOperation(node is ArgumentListSyntax ? node.Parent! : node) : null)
                .SelectMany(operation => operation?.DescendantsAndSelf() ?? [])
                .Where(GoesThroughCulture)
                .Select(operation => $"{operation.Syntax.GetLocation().GetLineSpan()}: {operation.Syntax}");
        });

        Assert.True(!found.Any(), string.Join("\n", found));
    }

    [Theory]
    [InlineData("string F(int a) => a.ToString();", true)]
    [InlineData("string F(int a) => \"a\" + a;", true)]
    [InlineData("string F(float a) { var b = \"\"; b += a; return b; }", true)]
    [InlineData("string F(int[] a) => string.Join(\", \", a);", true)]
    [InlineData("string F(int a) => string.Format(\"{0}\", a);", true)]
    [InlineData("System.Text.StringBuilder F(System.Text.StringBuilder a, double b) => a.Append(b);", true)]
    [InlineData("string F(int a) => a.ToString(System.Globalization.CultureInfo.InvariantCulture);", false)]
    [InlineData("string F(string[] a) => string.Join(\", \", a) + \"b\" + a[0];", false)]
    [InlineData("string F(int a) => $\"{a}\";", false)]
    public void The_search_finds_what_goes_through_the_culture(string member, bool isFound)
    {
        var compilation = GeneratorHarness.Compile($"class C {{ {member} }}");
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees[0]);

        Assert.Equal(isFound, compilation.SyntaxTrees[0].GetRoot().DescendantNodes().Any(node => model.GetOperation(node) is { } operation && GoesThroughCulture(operation)));
    }

    private static void Compare(string source)
    {
        var usual = GeneratorHarness.Run(source).Files;

        Assert.NotEmpty(usual);
        Assert.Equal(usual, HostileCulture.Run(() => GeneratorHarness.Run(source).Files));
    }

    private static bool GoesThroughCulture(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum => IsNumber(sum.LeftOperand) || IsNumber(sum.RightOperand),
        ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String } sum => IsNumber(sum.Value),
        IInvocationOperation { TargetMethod: { Name: "ToString", Parameters: [] or [{ Type.SpecialType: SpecialType.System_String }] } } call => IsNumber(call.Instance),
        IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Join" or "Concat", IsGenericMethod: true } method } => IsNumber(method.TypeArguments[0]),
        IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Join" or "Concat" or "Format" } } call =>
            call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).Any(value => value is IConversionOperation { Type.SpecialType: SpecialType.System_Object } boxed && IsNumber(boxed.Operand)),
        IInvocationOperation { TargetMethod: { Name: "Append" or "Insert", ContainingType.Name: "StringBuilder" } } call => IsNumber(call.Arguments[Math.Min(call.Arguments.Length, call.TargetMethod.Name == "Insert" ? 2 : 1) - 1].Value),
        _ => false,
    };

    private static bool IsNumber(IOperation? operation) => IsNumber((operation is IConversionOperation conversion ? conversion.Operand : operation)?.Type);

    private static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double };
}
