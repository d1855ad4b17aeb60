using StaticNet.Tests.Sequences;
using Xunit.Abstractions;

namespace StaticNet.Audio.Tests;

/// <summary>Captures that others play, imported, against the outputs of their own engines.</summary>
public sealed class ZooCaptureTests(ITestOutputHelper output)
{
    /// <summary>The largest error, as a part of the largest output.</summary>
    private const double Tolerance = 1e-5;

    [ZooFact]
    public void A_long_short_term_memory_of_nam_is_equal() => PlayNam("lstm", silence: 24_000);

    [ZooFact]
    public void A_small_wavenet_is_equal() => PlayNam("wavenet");

    [ZooFact]
    public void The_wavenet_of_most_captures_is_equal() => PlayNam("wavenet_a1_standard");

    [ZooFact]
    public void The_fixed_architecture_of_3_channels_is_equal() => PlayNam("wavenet_a2_3_channels");

    [ZooFact]
    public void The_fixed_architecture_of_8_channels_is_equal() => PlayNam("wavenet_a2_8_channels");

    [ZooFact]
    public void A_wavenet_with_a_network_as_its_condition_is_equal() => PlayNam("wavenet_condition_dsp");

    [ZooFact]
    public void Dense_layers_of_rtneural_are_equal() => PlayRTNeural("dense");

    [ZooFact]
    public void A_gru_of_rtneural_is_equal() => PlayRTNeural("gru");

    [ZooFact]
    public void Stacked_lstms_of_pytorch_are_equal() => PlayRTNeural("lstm_torch");

    [ZooFact]
    public void A_convolution_of_pytorch_is_equal_once_its_taps_are_full()
    {
        var capture = Load("rtneural/conv1d_torch.json");
        var outputs = capture.Play(Flat("rtneural/conv1d_torch_x_python.csv"));
        var rows = Zoo.Rows("rtneural/conv1d_torch_y_python.csv");
        for (var filter = 0; filter < 12; filter++)
            Near(rows[filter], [.. outputs.Skip(4 * 12).Where((_, index) => index % 12 == filter)]);
    }

    private static PlayedCapture Load(string file) => new(AudioImport.Load(Zoo.PathOf(file)));

    private void PlayNam(string name, long? silence = null)
    {
        var capture = Load($"nam/{name}.nam");
        var (inputs, expected) = (Zoo.Floats("nam/input.f32"), Zoo.Floats($"nam/{name}.f32"));
        var actual = capture.Play(inputs, silence ?? capture.ReceptiveField!.Value);
        // The largest output counts that the capture has where it is played: these signals may be quieter than the rounding of its sums.
        var largest = expected.Concat(capture.Play(MadeSignal.Of(1000))).Max(Math.Abs);
        var error = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max() / largest;
        output.WriteLine($"{name}: the largest error is {error:G3} of the largest output.");
        Assert.Equal(inputs.Length, actual.Length);
        Assert.True(error <= Tolerance, $"The largest error is {error:G3} of the largest output.");
    }

    private void PlayRTNeural(string name) =>
        Near(Flat($"rtneural/{name}_y_python.csv"), Load($"rtneural/{name}.json").Play(Flat($"rtneural/{name}_x_python.csv")));

    private void Near(float[] expected, float[] actual)
    {
        var error = Closeness.Error(expected, actual);
        output.WriteLine($"The largest error is {error:G3} of the largest output.");
        Assert.True(error <= Tolerance, $"The largest error is {error:G3} of the largest output.");
    }

    private static float[] Flat(string file) => [.. Zoo.Rows(file).SelectMany(row => row)];
}
