using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Audio;
using StaticNet.Importing;
using StaticNet.Insight;
using StaticNet.Search;
using StaticNet.Serialization;
using StaticNet.Training;

namespace StaticNet.Generator.Tests;

/// <summary>
/// The C# in README.md and docs/. A block that declares a class is a file of the user's; one that begins with the name of a
/// generated file is an <see cref="Excerpt"/> of that file; any other is a program over the classes that the document declares.
/// </summary>
public partial class DocumentationTests
{
    private const string GlobalUsings = "global using System; global using System.Linq;";

    // The packages beside StaticNet that documents use.
    private static readonly MetadataReference[] Packages =
        [.. new[] { typeof(Trainer), typeof(AudioImport), typeof(ImportedNetwork), typeof(HyperparameterSearch), typeof(Finding) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))];

    // Of mistakes.md hardly a block compiles, by design: MistakeTests make each of its mistakes.
    public static TheoryData<string> Documents =>
    [
        "README.md",
        .. new[] { "docs", "docs/generated" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md")
            .Select(path => $"{folder}/{Path.GetFileName(path)}").Where(document => document != "docs/mistakes.md").Order(StringComparer.Ordinal)),
    ];

    public static TheoryData<string> Vocabulary =>
    [
        .. typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(LayerAttribute)) || type.IsAssignableTo(typeof(LossAttribute)))
            .Where(type => !type.IsAbstract)
            .Select(type => type.Name[..^"Attribute".Length]).Order(StringComparer.Ordinal)
            .Union(Enum.GetNames<Activation>())
            .Union(Enum.GetNames<Initializer>()),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_code_of_a_document_compiles(string document)
    {
        var blocks = BlocksOf(document);
        var classes = blocks.Where(IsClass).ToArray();

        foreach (var program in blocks.Where(IsProgram).DefaultIfEmpty(""))
            Assert.Empty(Compile(classes, program, "256").CompilerDiagnostics);
    }

    /// <summary>Excerpts are written anew with the baselines: STATICNET_UPDATE_BASELINES=1.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void What_a_document_shows_as_generated_is_generated(string document)
    {
        var text = TextOf(document);
        var files = Compile(BlocksOf(document).Where(IsClass), "").Files;
        var renewed = CSharpBlock().Replace(text, match =>
        {
            var block = match.Groups[1].Value;
            if (!IsGenerated(block))
                return match.Value;
            var lines = block.TrimEnd('\n').Split('\n');
            var file = files[GeneratedFile().Match(block).Groups[1].Value];
            string[] shown = ["```csharp", lines[0], .. Excerpt.Renewed(lines[1..], file), "```"];
            return string.Join('\n', shown);
        });
        if (BaselineTests.Update)
            File.WriteAllText(Path.Combine(Repository.Root, document), text = renewed);

        Assert.Equal(renewed, text);
    }

    [Fact]
    public void The_annotated_network_is_the_one_that_tests_and_benchmarks_share()
    {
        var declaration = Assert.Single(BlocksOf("docs/generated/lenet5.md"), IsClass).Replace("using StaticNet;\n", "", StringComparison.Ordinal).Trim();

        Assert.Contains(declaration, TextOf("tests/StaticNet.Networks/LeNet5.cs"));
    }

    [Fact]
    public void An_excerpt_follows_the_file_between_its_first_and_last_lines()
    {
        string[] excerpt = ["void A()", "{", "    old(3);", "    // …", "    last;", "}"];
        const string file = "class C\n{\n    int b;\n    void A()\n    {\n        new;\n        old(12);\n\n        more;\n        last;\n        newer;\n    }\n}\n";

        string[] renewed = ["void A()", "{", "    new;", "    old(12);", "    // …", "    last;", "    newer;", "}"];
        Assert.Equal(renewed, Excerpt.Renewed(excerpt, file));
        Assert.Throws<Xunit.Sdk.TrueException>(() => Excerpt.Renewed(["void B()"], file));
    }

    [Fact]
    public void The_program_of_the_readme_trains_and_saves()
    {
        var path = Path.GetTempFileName();
        try
        {
            var blocks = BlocksOf("README.md");
            var place = SymbolDisplay.FormatLiteral(path, quote: true);
            var program = blocks.First(IsProgram).Replace("\"xor.safetensors\"", place, StringComparison.Ordinal);
            using var stream = new MemoryStream();
            Assert.True(Compile(blocks.Where(IsClass), program, "256").Compilation.Emit(stream).Success);
            stream.Position = 0;
            var assembly = new AssemblyLoadContext("README", isCollectible: true).LoadFromStream(stream);
            assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);

            string[] names = ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"];
            Assert.Equal(names, Safetensors.Load(path).Select(tensor => tensor.Name));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Vocabulary))]
    public void Every_layer_activation_loss_and_initialiser_is_described(string name) =>
        Assert.Contains($"`{name}`", File.ReadAllText(Path.Combine(Repository.Root, "docs/layers.md")));

    private static bool IsGenerated(string block) => GeneratedFile().IsMatch(block);

    private static bool IsClass(string block) => !IsGenerated(block) && block.Contains("partial class ", StringComparison.Ordinal);

    private static bool IsProgram(string block) => !IsGenerated(block) && !IsClass(block);

    private static string TextOf(string document) => File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n");

    private static string[] BlocksOf(string document) => [.. CSharpBlock().Matches(TextOf(document)).SelectMany(match => PartsOf(match.Groups[1].Value))];

    /// <summary>Of a program of one file, which PackageTests run as it is, the statements and the declarations behind them.</summary>
    private static string[] PartsOf(string block)
    {
        if (!block.StartsWith("#:", StringComparison.Ordinal))
            return [block];
        var code = string.Join('\n', block.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal)));
        var declarations = code.IndexOf("[Network]", StringComparison.Ordinal);
        return [code[..declarations], "using StaticNet;\n\n" + code[declarations..]];
    }

    private static GeneratorRun Compile(IEnumerable<string> classes, string program, string? vectorWidths = null)
    {
        var compilation = GeneratorHarness.Compile("Document", [GlobalUsings, .. classes, program], Packages);
        if (program.Length > 0)
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var run = GeneratorHarness.Run(compilation, vectorWidths);
        Assert.Empty(run.Diagnostics);
        return run;
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\A// (\S+\.g\.cs)\n")]
    private static partial Regex GeneratedFile();
}
