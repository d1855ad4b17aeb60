using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Layers, blocks, inputs, outputs, classes, type parameters, namespaces and members with names that are drawn from the generated code:
/// each network compiles, or is refused with a reason.
/// </summary>
public class DrawnNameTests
{
    private const int Networks = 24;

    /// <summary>What is said where two names are one in the code, or a name is that of a generated member.</summary>
    private static readonly string[] Refusals = ["SN0006", "SN0014"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Names_of_the_code_may_be_any_names_of_the_user(int seed)
    {
        var names = new DrawnNames(seed);
        var source = string.Join("\n\n", Enumerable.Range(0, Networks).Select(number => Declaration(names, number)));
        var run = GeneratorHarness.Run(GeneratorHarness.Compile(source), vectorWidths: "256");

        Assert.All(run.Diagnostics, diagnostic => Assert.Contains(diagnostic.Id, Refusals));
        var wrong = run.CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true).ToArray();
        Assert.True(wrong.Length == 0, $"Seed {seed}: {string.Join("\n", wrong.Take(5))}\n{source}");
        Assert.True(run.Files.Keys.Count(name => name.EndsWith(".Forward.g.cs", StringComparison.Ordinal)) > Networks / 2, $"Seed {seed}: too many are refused.\n{string.Join("\n", run.Diagnostics)}");
    }

    /// <summary>A network in a namespace of its own, with what is called by drawn names.</summary>
    private static string Declaration(DrawnNames names, int number)
    {
        var (outer, one, late, last) = (names.Next(), names.NextLocal(), names.NextLocal(), names.NextLocal());
        // In full: an attribute of a class sees the class's members first, those that are generated too.
        var space = $"Drawn{number}.@{names.Next()}.@{names.Next()}";
        var blockName = names.Next();
        var block = $"global::{space}.@{blockName}";
        string Name() => $"Name = \"{names.NextLocal()}{(names.OneOf(0, 0, 1) == 0 ? "" : "2")}\"";
        var layers = names.OneOf(
            $"[Input(2, 4, 4)][Conv2D(4, Padding = 1, {Name()})][BatchNorm({Name()}, Activation = Activation.PReLU)][MaxPool2D(2, {Name()})][Flatten({Name()})][Block(typeof({block}), {Name()})][Dense(3, WeightNorm = true, {Name()})][SoftmaxCrossEntropyLoss]",
            $"[Input(6)][Dense(8, Activation = Activation.GELU, {Name()})][LayerNorm({Name()})][Dropout(0.5, {Name()})][Block(typeof({block}), {Name()})][Dense(3, {Name()})][Activation(Activation.Softmax)][MeanSquaredErrorLoss]",
            $"[Input(4, Steps = 3, Name = \"{one}\")][Input(2, Steps = 3, {Name()})][Concat(\"{one}\", {Name()})][Delay(1, Name = \"{late}\")][Block(typeof({block}), {Name()})][Dense(2, Name = \"{last}\")][Output(From = \"{late}\")][Output(From = \"{last}\", {Name()})][HuberLoss]",
            $"[Input(8, 6, 6)][Conv2D(8, Padding = 1, {Name()})][DepthwiseConv2D(Padding = 1, {Name()})][GroupNorm(4, {Name()})][GlobalAveragePool({Name()})][Block(typeof({block}), {Name()})][Dense(2, Activation = Activation.SiLU, {Name()})][MeanAbsoluteErrorLoss]");
        // C# itself forbids a member that is called like its class or like a type parameter.
        var (self, parameter, memberName) = (names.Next(), names.Next(), names.Next());
        while (memberName == self || memberName == parameter)
            memberName = names.Next();
        var parameters = names.OneOf(0, 0, 1) == 0 ? "" : $"<@{parameter}>";
        var member = $"private static {names.OneOf("int @{0} => 0;", "class @{0};", "void @{0}() { }", "readonly int @{0} = 1;").Replace("{0}", memberName, StringComparison.Ordinal)}";
        return $$"""
            namespace {{space}}
            {
                {{Qualified($"[Dense(8, {Name()})][Dense(8, Activation = Activation.Tanh, {Name()})]")}} class @{{blockName}};
                partial class @{{outer}}Outer
                {
                    {{Qualified(layers)}}[global::StaticNet.Network][global::StaticNet.Training(BatchSize = 4)]
                    partial class @{{self}}{{parameters}} { {{member}} }
                }
            }
            """;
    }

    private static string Qualified(string attributes) => attributes
        .Replace("[", "[global::StaticNet.", StringComparison.Ordinal).Replace("= Activation.", "= global::StaticNet.Activation.", StringComparison.Ordinal)
        .Replace("(Activation.", "(global::StaticNet.Activation.", StringComparison.Ordinal);
}
