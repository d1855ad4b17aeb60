namespace StaticNet.Package.Tests;

/// <summary>The package that imports captures, as a user of it has it.</summary>
[Collection(PackedOnce.Name)]
public class AudioPackageTests(PackedLibrary packed)
{
    [Fact]
    public void A_project_imports_a_capture_and_another_one_plays_it()
    {
        var (importer, player) = (Path.Combine(packed.Folder, "importer"), Path.Combine(packed.Folder, "player"));
        packed.WriteProject(importer, "StaticNet.Audio", "net10.0");
        File.WriteAllText(Path.Combine(importer, "Program.cs"), """
            using System.Text;
            using StaticNet.Audio;

            // An impulse response of three samples.
            var json = "{ \"version\": \"0.5.0\", \"architecture\": \"Linear\", \"config\": { \"receptive_field\": 3, \"bias\": true }, \"weights\": [0.5, 0.25, -1, 0.125] }";
            AudioImport.Read(Encoding.UTF8.GetBytes(json), "echo").Write(args[0]);
            """);
        packed.WriteProject(player, "StaticNet", "net10.0");
        File.WriteAllText(Path.Combine(player, "Program.cs"), """
            using System;
            using StaticNet;

            var echo = new Echo();
            echo.LoadSafetensors(args[0]);
            var state = Echo.CreateState();
            echo.Prewarm(state);
            float[] block = [1, 0, 0, 0];
            echo.ForwardSteps(state, block, block);
            Console.WriteLine(FormattableString.Invariant($"{block[0]} {block[1]} {block[2]} {block[3]}, {Echo.StateTable.ReceptiveField}"));
            """);

        Run(importer, player);

        Assert.Equal("0.625 0.375 -0.875 0.125, 3", Run(player, Path.Combine(player, "model.safetensors")).Trim());
    }

    private static string Run(string folder, string argument)
    {
        DotnetCommand.Run(folder, "build", "-c", "Release", "-o", Path.Combine(folder, "out"), "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return DotnetCommand.Run(folder, Path.Combine("out", "User.dll"), argument);
    }
}
