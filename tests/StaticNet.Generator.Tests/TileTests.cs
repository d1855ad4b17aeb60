using StaticNet.Generator.Emit;
using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Tests;

/// <summary>Tiles of pixels and of channels: what they cover, and that making them costs no more for a long axis.</summary>
public class TileTests
{
    /// <summary>Windows of every kind over short axes: kernel, stride, dilation and padding of each side.</summary>
    private static IEnumerable<WindowedAxis> Windows =>
        from input in new[] { 1, 2, 5, 23 }
        from kernel in new[] { 1, 2, 3, 5 }
        from stride in new[] { 1, 2, 3 }
        from dilation in new[] { 1, 2, 4 }
        from before in new[] { 0, 1, 2, 19 }
        from after in new[] { 0, 1, 40 }
        let window = new AxisWindow(kernel, stride, dilation, before, after).Over(input)
        where window is not null
        select window.Value;

    private static IEnumerable<TapAxis> Axes => Windows.SelectMany(window => TapAxis.Forward(window).Concat(TapAxis.Transposed(window)));

    [Fact]
    public void Runs_of_tiles_cover_each_pixel_once_with_the_taps_that_it_has()
    {
        Assert.All(Axes, axis =>
        {
            foreach (var most in new[] { 1, 3, 8 })
            {
                var next = 0;
                foreach (var run in PixelTile.Cover(axis, most))
                {
                    Assert.Equal(next, run.First);
                    Assert.InRange(run.Tile.Pixels, 1, most);
                    for (; next < run.End; next++)
                    {
                        var pixel = (next - run.First) % run.Tile.Pixels;
                        var taps = run.Tile.Segments.Where(segment => pixel >= segment.FirstPixel && pixel < segment.EndPixel)
                            .SelectMany(segment => Enumerable.Range(segment.FirstTap, segment.EndTap - segment.FirstTap));
                        Assert.Equal(TapsOf(axis, next), taps);
                    }
                }

                Assert.Equal(axis.Count, next);
            }
        });
    }

    [Fact]
    public void Results_with_all_taps_are_found_without_a_look_at_each()
    {
        Assert.All(Axes, axis =>
        {
            var whole = Enumerable.Range(0, axis.Count).Where(result => TapsOf(axis, result).Count() == axis.Taps).ToArray();

            Assert.Equal(whole, Enumerable.Range(axis.Whole.Begin, axis.Whole.End - axis.Whole.Begin));
            Assert.Equal(whole.Length == axis.Count, axis.IsWhole);
        });
    }

    [Fact]
    public void Phases_that_stand_together_are_those_of_each_remainder()
    {
        var axes = from input in new[] { 1, 5, 40, 41 }
                   from kernel in new[] { 1, 2, 5, 7, 16 }
                   from stride in new[] { 3, 4, 6, 7, 12 }
                   from dilation in new[] { 1, 2, 3, 4, 5 }
                   from before in new[] { 0, 1, 5, 13 }
                   let axis = new AxisWindow(kernel, stride, dilation, before, 2).OverTransposed(input, 1)
                   where axis is not null
                   select axis.Value;

        Assert.All(axes, axis =>
        {
            var expected = TapAxis.Transposed(axis);
            var runs = PhaseRuns.Of(axis);
            var phases = runs.SelectMany(run => Enumerable.Range(0, run.Phases).Select(phase => run with
            {
                Begin = run.Begin + (phase * run.BeginStep),
                FirstTap = run.FirstTap + (phase * run.FirstTapStep),
            })).OrderBy(phase => phase.Begin).ToArray();

            Assert.Equal(expected.Select(phase => (phase.Begin, phase.Step, phase.Count, phase.Taps)), phases.Select(phase => (phase.Begin, phase.Step, phase.Count, phase.Taps)));
            Assert.All(expected.Zip(phases), pair => Assert.Equal(TapsAndPlaces(pair.First), TapsAndPlaces(pair.Second)));
            if (axis.Dilation == 1)
                Assert.InRange(runs.Count, 1, 5);
        });

        static IEnumerable<(int, int, int)> TapsAndPlaces(TapAxis phase) =>
            from result in Enumerable.Range(0, phase.Count)
            from tap in Enumerable.Range(0, phase.Taps)
            select (result, phase.FirstTap + (tap * phase.TapStep), (result * phase.InputStep) + phase.FirstOffset + (tap * phase.OffsetStep));
    }

    [Fact]
    public void Rows_with_many_sides_leave_them_to_loops()
    {
        Assert.All(Axes, axis =>
        {
            var row = PixelRow.Of(axis, most: 4, mostSegments: 3);
            var written = row.Written.Sum(run => run.Count * run.Tile.Pixels);

            Assert.Equal(row.IsWritten ? axis.Count : axis.Whole.End - axis.Whole.Begin, written);
            Assert.True(row.Written.Sum(run => run.Tile.Segments.Count) <= 3);
            if (!row.IsWritten)
                Assert.Equal(axis.Whole, (row.First, row.End));
        });
    }

    [Fact]
    public void The_taps_of_all_windows_are_counted() => Assert.All(
        Windows, window => Assert.Equal(TapAxis.Forward(window).Sum(axis => Enumerable.Range(0, axis.Count).Sum(result => TapsOf(axis, result).Count())), window.Taps));

    [Fact]
    public void The_taps_and_elements_that_meet_are_counted() => Assert.All(Windows, window =>
    {
        var pairs = (from place in Enumerable.Range(0, window.Output)
                     from tap in Enumerable.Range(0, window.Kernel)
                     let element = (place * window.Stride) - window.Before + (tap * window.Dilation)
                     where element >= 0 && element < window.Input
                     select (tap, element)).ToArray();

        Assert.Equal(pairs.Select(pair => pair.tap).Distinct().Count(), window.TapsInUse);
        Assert.Equal(pairs.Select(pair => pair.element).Distinct().Count(), window.ElementsTaken);
    });

    [Fact]
    public void A_window_without_an_element_is_found() => Assert.All(Windows, window => Assert.Equal(
        Enumerable.Range(0, window.Output).Any(result => !TapsOf(TapAxis.Forward(window)[0], result).Any()), window.MissesInput));

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Runs_of_panels_cover_each_lane_once_and_compute_no_padding(int bits)
    {
        var v = bits == 128 ? VectorSyntax.V128 : bits == 256 ? VectorSyntax.V256 : VectorSyntax.V512;
        foreach (var (width, largest) in from width in Enumerable.Range(1, 200) from largest in new[] { 1, 2, 3, 5, 8 } select (width, largest))
        {
            var runs = TileRun.Cover(width, largest, v);
            var registers = runs.SelectMany(run => Enumerable.Range(0, run.Count).SelectMany(tile => run.Registers.Select(register => (Lane: run.FirstLane + (tile * run.Step) + register.Offset, register.IsPadding)))).ToArray();

            Assert.All(runs, run => Assert.InRange(run.Panels, 1, largest));
            Assert.Equal(Enumerable.Range(0, Lanes.Pad(width) / v.Lanes).Select(index => index * v.Lanes), registers.Select(register => register.Lane));
            Assert.All(registers, register => Assert.Equal(register.Lane >= width, register.IsPadding));
        }
    }

    /// <summary>Work is measured by what is allocated on the way, which is the same in every run.</summary>
    [Theory]
    [InlineData("[Input(4, {0})][Conv1D(20, Kernel = 5, Padding = 2)][MaxPool1D(2)][Conv1D(20, Stride = 3, Dilation = 2, Padding = 1)]")]
    [InlineData("[Input(4, {0})][Conv1D(20, Padding = 300)]")]
    [InlineData("[Input(8, 4, {0})][DepthwiseConv2D(Padding = 1)][ConvTranspose2D(7, Stride = 2, Padding = 1)][AveragePool2D(2)]")]
    [InlineData("[Input(3)][Dense({0}0)][LayerNorm][Dense(5)]")]
    public void A_long_axis_takes_no_more_work_and_text_than_a_short_one(string layers)
    {
        (long Work, long Text) Generate(int length)
        {
            var source = layers.Replace("{0}", length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            var spec = Specs.Only($"using StaticNet; [Network]{source}[MeanSquaredErrorLoss][Training(BatchSize = 4)] partial class Net;");
            var before = GC.GetAllocatedBytesForCurrentThread();
            var files = NetworkEmitter.Emit(spec, new CodeBudget()).Files.ToArray();
            return (GC.GetAllocatedBytesForCurrentThread() - before, files.Sum(file => (long)file.Text.Length));
        }

        Generate(1_000);
        var small = Generate(1_000);
        var large = Generate(100_000);

        Assert.InRange(large.Work, 1, 2 * small.Work);
        Assert.InRange(large.Text, 1, small.Text * 11 / 10);
    }

    private static IEnumerable<int> TapsOf(TapAxis axis, int result) => Enumerable.Range(0, axis.Taps)
        .Where(tap => (result * axis.InputStep) + axis.FirstOffset + (tap * axis.OffsetStep) is var place && place >= 0 && place < axis.Input);
}
