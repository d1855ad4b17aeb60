using StaticNet.Audio.Tests.Reference;
using StaticNet.Tests.Sequences;
using Xunit.Abstractions;

namespace StaticNet.Audio.Tests;

/// <summary>Captures that others play, on a loud signal, against the reference of these tests, which plays what their engines play.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    [ZooTheory]
    [InlineData("wavenet")]
    [InlineData("wavenet_condition_dsp")]
    [InlineData("wavenet_a2_3_channels")]
    [InlineData("wavenet_a2_8_channels")]
    [InlineData("wavenet_a1_standard")]
    [InlineData("lstm")]
    public void An_imported_capture_is_equal_to_the_exact_result(string name)
    {
        var path = Zoo.PathOf($"nam/{name}.nam");
        var capture = new PlayedCapture(AudioImport.Load(path));
        var silence = (int)(capture.ReceptiveField ?? 24_000);
        var inputs = MadeSignal.Of(1500);

        var exact = ReferenceNam.Play(File.ReadAllText(path), inputs, silence);
        var error = Closeness.Error(exact, capture.Play(inputs, silence));

        output.WriteLine($"{name}: the largest error is {error:G3} of the largest output.");
        Assert.True(error <= 1e-5, $"The largest error is {error:G3} of the largest output.");
    }

    [ZooTheory]
    [InlineData("wavenet", 100)]
    [InlineData("wavenet_condition_dsp", 100)]
    [InlineData("wavenet_a2_3_channels", 6400)]
    [InlineData("wavenet_a1_standard", 4100)]
    [InlineData("lstm", 24_000)]
    public void The_reference_plays_what_engines_play(string name, int silence)
    {
        var inputs = Zoo.Floats("nam/input.f32")[..500];
        var exact = ReferenceNam.Play(File.ReadAllText(Zoo.PathOf($"nam/{name}.nam")), inputs, silence);

        // These engines compute in single precision, and in silence what is left is a small difference of large sums.
        Assert.True(Closeness.Error(exact, Zoo.Floats($"nam/{name}.f32")[..500]) <= 5e-5);
    }
}
