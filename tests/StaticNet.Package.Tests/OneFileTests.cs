using System.Text.RegularExpressions;

namespace StaticNet.Package.Tests;

/// <summary>Programs of one file over the packages: the README's own, and what ships the weights that it saves.</summary>
[Collection(PackedOnce.Name)]
public partial class OneFileTests(PackedLibrary packed)
{
    private const string Twin = """
        using System;
        using StaticNet;

        float[] logit = [0];
        new XorModel().Forward([1, 0], logit);
        Console.WriteLine($"1 xor 0 = {(logit[0] > 0 ? 1 : 0)}");

        [InferenceOf(typeof(Xor), Weights = "WEIGHTS")]
        public sealed partial class XorModel;

        [Network]
        [Input(2)]
        [Dense(8, Activation = Activation.Tanh)]
        [Dense(1)]
        [BinaryCrossEntropyWithLogitsLoss]
        [Training(BatchSize = 4)]
        public sealed partial class Xor;
        """;

    /// <summary>Nothing but the answer is written: no warning of a build without optimisation, nor any other.</summary>
    [Fact]
    public void The_program_of_the_readme_runs_and_its_weights_go_into_assemblies()
    {
        var folder = Path.Combine(packed.Folder, "one-file");
        packed.WriteSources(folder);
        var program = FirstProgram().Match(File.ReadAllText(Path.Combine(packed.Sources, "README.md")).ReplaceLineEndings("\n")).Groups[1].Value;
        Assert.StartsWith("#:package StaticNet.Training@0.1.0\n", program, StringComparison.Ordinal);

        Assert.Equal("1 xor 0 = 1", Run(folder, "xor.cs", program));
        // Built anew with weights beside it that it does not name.
        Assert.Equal("1 xor 0 = 1", Run(folder, "xor.cs", program + "\n"));
        Assert.Equal("1 xor 0 = 1", Run(folder, "app.cs", "#:package StaticNet@0.1.0\n#:property Optimize=true\n" + Twin.Replace("WEIGHTS", "xor.safetensors", StringComparison.Ordinal)));
        Assert.Equal("1 xor 0 = 1", RunProject(Path.Combine(folder, "xor.safetensors")));
    }

    /// <summary>Runs a file with the packages of this test.</summary>
    private string Run(string folder, string name, string text)
    {
        var lines = $"#:property RestorePackagesPath={packed.Cache}\n#:property NuGetAudit=false\n#:property UseSharedCompilation=false\n";
        File.WriteAllText(Path.Combine(folder, name), lines + text.Replace("@0.1.0\n", $"@{packed.Version}\n", StringComparison.Ordinal));
        return DotnetCommand.Run(folder, "run", name).Trim();
    }

    /// <summary>Runs a project whose weights lie in a folder of its own.</summary>
    private string RunProject(string weights)
    {
        var folder = Path.Combine(packed.Folder, "with-weights");
        packed.WriteProject(folder, "StaticNet", "net10.0");
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        File.Copy(weights, Path.Combine(folder, "models", "xor.safetensors"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Twin.Replace("WEIGHTS", "models/xor.safetensors", StringComparison.Ordinal));
        DotnetCommand.Run(folder, "build", "-c", "Release", "-o", Path.Combine(folder, "out"), "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return DotnetCommand.Run(folder, Path.Combine("out", "User.dll")).Trim();
    }

    [GeneratedRegex(@"^```csharp\n(#:.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FirstProgram();
}
