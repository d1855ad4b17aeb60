namespace StaticNet.Generator.Tests;

/// <summary>
/// The generated code of ten networks, word for word. A change of the generator shows in review as a change of these files:
/// write them anew with the environment variable STATICNET_UPDATE_BASELINES=1.
/// </summary>
public class BaselineTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/StaticNet.Generator.Tests/Baselines");

    /// <summary>Whether baselines, and excerpts of generated code in documents, are written anew.</summary>
    internal static readonly bool Update = Environment.GetEnvironmentVariable("STATICNET_UPDATE_BASELINES") == "1";

    public static TheoryData<string> Networks => [.. BaselineNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_generated_code_is_the_one_that_was_read(string network)
    {
        var folder = Path.Combine(Folder, network);
        var compilation = GeneratorHarness.Compile("using StaticNet;\nnamespace Baselines;\n" + BaselineNetworks.All[network]);
        var files = GeneratorHarness.Run(compilation, network == BaselineNetworks.AllWidths ? null : "256").Files;
        if (Update)
            Write(folder, files);

        Assert.NotEmpty(files);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Key)), file.Value));
    }

    [Fact]
    public async Task Roslyns_own_test_of_generators_finds_the_same_files()
    {
        var test = new SourceGeneratorTest("using StaticNet;\nnamespace Baselines;\n" + BaselineNetworks.All["TwoTwoTwo"]).With("StaticNetVectorWidths", "256");
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "TwoTwoTwo")))
            test.Writes(Path.GetFileName(file), File.ReadAllText(file));

        await test.RunAsync();
    }

    [Fact]
    public void There_is_no_baseline_of_another_network() =>
        Assert.Equal(BaselineNetworks.All.Keys, Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    private static void Write(string folder, IReadOnlyDictionary<string, string> files)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(folder, name), text);
    }
}
