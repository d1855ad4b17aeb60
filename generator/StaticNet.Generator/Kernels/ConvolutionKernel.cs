using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A convolution without any copy of its input: a tile of some pixels of a row × some panels of channels stays in registers
/// while taps and input channels run by. Taps that would meet padding are left out: above and below by the range of the loop,
/// at the sides because the tiles there are written apart. The gradient of the input is the same with other taps.
/// </summary>
internal sealed class ConvolutionKernel : ProductKernel
{
    /// <summary>Up to so many steps of the loop over taps and channels are written out.</summary>
    private const int UnrolledSteps = 4;

    private readonly IReadOnlyList<TapAxis> _vertical;
    private readonly IReadOnlyList<TapAxis> _horizontal;
    private readonly InputPlace _place;
    private readonly int _width;
    private readonly int _height;

    public ConvolutionKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        var axes = group.Head is Convolution convolution ? convolution.Axes : ((ConvolutionInputGradient)group.Head).Axes;
        IReadOnlyList<TapAxis> Phases(WindowedAxis axis) => ReadsTransposed ? TapAxis.Transposed(axis) : TapAxis.Forward(axis);
        _horizontal = Phases(axes[axes.Count - 1]);
        _vertical = axes.Count == 1 ? TapAxis.Forward(WindowedAxis.None) : Phases(axes[0]);
        _place = InputPlace.Of(group.Head.Inputs[0].Type, InputRows);
        _width = _horizontal.Sum(phase => phase.Count);
        _height = _vertical.Sum(phase => phase.Count);
        KernelWidth = axes[axes.Count - 1].Kernel;
    }

    private int KernelWidth { get; }

    /// <summary>The input channels.</summary>
    private int Channels => Group.Head.Inputs[0].Type.Channels;

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            var sizes = _horizontal.SelectMany(phase => TilesOf(v, phase)).Select(tile => tile.Pixels).ToArray();
            var taps = Group.Head is Convolution convolution ? string.Join("×", convolution.Axes.Select(axis => axis.Kernel)) : string.Join("×", ((ConvolutionInputGradient)Group.Head).Axes.Select(axis => axis.Kernel));
            var outputs = Math.Min(Lanes.Panel, Runs(v).Max(run => run.Computed.Count()) * v.Lanes);
            return $"{Group.Head.Layer}{(ReadsTransposed ? ", the gradient of its input" : "")}: {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}, {taps} taps{Functions}. " +
                $"{(_place.IsPlanar ? "So few channels are read from their planes" : "Channels stand last")}. Register tile {sizes.Max()} pixels × {outputs} channels; " +
                $"columns {_width}{(sizes.Length > 1 && sizes.Length <= 8 ? " = " + string.Join(" + ", sizes) : "")}.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments => Memory.Append(KernelArgument.Samples()).ToArray();

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var image = ref Unsafe.Add(ref {InputName}, sample * {InputRows.SampleLength});");
            WriteTiles(writer, Runs(v), (run, lane) =>
            {
                writer.Line($"ref var weight = {WeightAt(lane)};");
                foreach (var phase in _vertical)
                    Scoped(writer, _vertical.Count > 1, () => WriteRows(writer, v, run, lane, phase));
            });
            if (!Tail.IsLight)
            {
                writer.Line();
                writer.Line("// The functions behind the convolution, while the sample is in the cache.");
                WriteTailLoop(writer, v, $"sample * {OutputRows.SampleLength}", $"(sample + 1) * {OutputRows.SampleLength}");
            }
        });
    }

    /// <summary>With 512 bits two panels, so that each broadcast serves two products; narrow rows take more panels for enough independent sums.</summary>
    private IReadOnlyList<TileRun> Runs(VectorSyntax v)
    {
        var panels = v.Bits == 512 ? 2 : 1;
        return TileRun.Cover(Width, _horizontal.Max(phase => phase.Count) * panels * v.PerPanel < 8 ? panels * 2 : panels, v);
    }

    /// <summary>As many pixels as fit with the weight's vectors and the broadcast in 16 registers, or in AVX-512's 32.</summary>
    private static int MostPixels(VectorSyntax v, int registers) => (v.Bits, registers) switch
    {
        (512, <= 2) => 14,
        (512, _) => 6,
        (_, 1) => 8,
        (_, 2) => 6,
        (_, 3) => 4,
        _ => 3,
    };

    private List<PixelTile> TilesOf(VectorSyntax v, TapAxis phase) => PixelTile.Cover(phase, MostPixels(v, Runs(v).Max(run => run.Computed.Count())));

    private void WriteRows(CodeWriter writer, VectorSyntax v, TileRun run, string lane, TapAxis rows)
    {
        if (rows.Count == 1)
        {
            WriteRow(writer, v, run, lane, rows, "0");
            return;
        }

        writer.Block($"for (var row = 0; row < {rows.Count}; row++)", () => WriteRow(writer, v, run, lane, rows, "row"));
    }

    private void WriteRow(CodeWriter writer, VectorSyntax v, TileRun run, string lane, TapAxis rows, string row)
    {
        var result = Scaled(row, rows.Step, rows.Begin);
        writer.Line($"var line = (nuint)(((sample * {_height}) + {Parenthesised(result)}) * {_width * OutputRows.Stride}){(lane == "0" ? "" : $" + {lane}")};");
        if (rows.Taps > 0)
        {
            writer.Line($"var top = {Scaled(row, rows.InputStep, rows.FirstOffset)};");
            if (!rows.IsWhole)
            {
                string Quotient(string text) => rows.OffsetStep == 1 ? text : $"({text}) / {rows.OffsetStep}";
                writer.Line("// Only taps that meet rows of the input.");
                writer.Line($"var begin = top >= 0 ? 0 : {(rows.OffsetStep == 1 ? "-top" : $"((-top - 1) / {rows.OffsetStep}) + 1")};");
                writer.Line($"var end = top >= {rows.Input} ? 0 : Math.Min({rows.Taps}, {(rows.OffsetStep == 1 ? $"{rows.Input} - top" : $"{Quotient($"{rows.Input - 1} - top")} + 1")});");
            }
        }

        foreach (var columns in _horizontal)
        {
            var start = 0;
            var tiles = TilesOf(v, columns);
            for (var index = 0; index < tiles.Count;)
            {
                var tile = tiles[index];
                var same = tiles.Skip(index).TakeWhile(other => other.Equals(tile)).Count();
                var first = start;
                if (same > 1)
                    writer.Block($"for (var column = {first}; column < {first + (same * tile.Pixels)}; column += {tile.Pixels})", () => WriteTile(writer, v, run, lane, rows, columns, tile, "column"));
                else
                    Scoped(writer, tiles.Count > 1 || _horizontal.Count > 1, () => WriteTile(writer, v, run, lane, rows, columns, tile, Literal.Of(first)));
                start += same * tile.Pixels;
                index += same;
            }
        }
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, string lane, TapAxis rows, TapAxis columns, PixelTile tile, string column)
    {
        var registers = run.Computed.ToArray();
        for (var r = 0; r < registers.Length; r++)
        {
            writer.Line($"var sum0{r} = {Start(v, Plus(lane, registers[r].Offset))};");
            for (var pixel = 1; pixel < tile.Pixels; pixel++)
                writer.Line($"var sum{pixel}{r} = sum0{r};");
        }

        if (rows.Taps > 0 && tile.Segments.Count > 0)
        {
            void Taps(string tap)
            {
                var line = tap == "0" ? "top" : $"(top + {Parenthesised(Scaled(tap, rows.OffsetStep, 0))})";
                foreach (var segment in tile.Segments)
                    Scoped(writer, tile.Segments.Count > 1, () => WriteSegment(writer, v, registers, rows, columns, segment, column, line, tap));
            }

            if (rows.Taps == 1 && rows.IsWhole)
                Scoped(writer, true, () => Taps("0"));
            else
                writer.Block(rows.IsWhole ? $"for (var tap = 0; tap < {rows.Taps}; tap++)" : "for (var tap = begin; tap < end; tap++)", () => Taps("tap"));
        }

        WriteResults(writer, v, run, lane, columns, tile, column);
    }

    /// <summary>Writes taps that the same pixels of a tile have.</summary>
    private void WriteSegment(
        CodeWriter writer, VectorSyntax v, TileRegister[] registers, TapAxis rows, TapAxis columns, TapSegment segment, string column, string line, string tap)
    {
        var origin = Scaled(column, columns.InputStep, (segment.FirstPixel * columns.InputStep) + columns.FirstOffset + (segment.FirstTap * columns.OffsetStep));
        var first = ((rows.FirstTap * KernelWidth) + columns.FirstTap + (segment.FirstTap * columns.TapStep)) * Channels * Lanes.Panel;
        var step = rows.TapStep * KernelWidth * Channels * Lanes.Panel;
        var place = tap == "0" ? Literal.Of(first) : $"({tap} * {step}){(first == 0 ? "" : $" + {first}")}";
        writer.Line($"ref var x = ref Unsafe.Add(ref image, ({line} * {_place.Row}){(origin == "0" ? "" : $" + {Parenthesised(_place.Pixel == 1 ? origin : $"{Parenthesised(origin)} * {_place.Pixel}")}")});");
        writer.Line(place == "0" ? "ref var w = ref weight;" : $"ref var w = ref Unsafe.Add(ref weight, {place});");

        var taps = segment.EndTap - segment.FirstTap;
        var pixels = Enumerable.Range(segment.FirstPixel, segment.EndPixel - segment.FirstPixel).ToArray();
        var pixelStep = columns.InputStep * _place.Pixel;
        void Step(string k, int offset, int row) => WriteStep(writer, v, registers, pixels, pixelStep, k, offset, row);

        if (_place.IsPlanar)
        {
            for (var j = 0; j < taps; j++)
            {
                for (var channel = 0; channel < Channels; channel++)
                    Step("", (j * columns.OffsetStep * _place.Pixel) + (channel * _place.Channel), (j * columns.TapStep * Channels) + channel);
            }

            return;
        }

        var isContiguous = taps == 1 || (_place.Pixel == Channels && columns.OffsetStep == 1 && columns.TapStep == 1);
        void Loop(int steps)
        {
            if (steps <= UnrolledSteps)
            {
                for (var k = 0; k < steps; k++)
                    Step("", k, k);
                return;
            }

            var unroll = steps % 2 == 0 && pixels.Length * registers.Length < 20 ? 2 : 1;
            writer.Block($"for (nuint k = 0; k < {steps}; k += {unroll})", () =>
            {
                for (var u = 0; u < unroll; u++)
                    Step("k", u, u);
                writer.Line($"w = ref Unsafe.Add(ref w, {unroll * Lanes.Panel});");
            });
        }

        if (isContiguous)
        {
            Loop(taps * Channels);
            return;
        }

        writer.Block($"for (var j = 0; j < {taps}; j++)", () =>
        {
            Loop(Channels);
            writer.Line($"x = ref Unsafe.Add(ref x, {columns.OffsetStep * _place.Pixel});");
            // The loop over channels has moved the weight by its own length.
            var moved = Channels <= UnrolledSteps ? 0 : Channels;
            if ((columns.TapStep * Channels) - moved is var rest && rest > 0)
                writer.Line($"w = ref Unsafe.Add(ref w, {rest * Lanes.Panel});");
        });
    }

    /// <summary>One input of every pixel times the weight's row.</summary>
    private void WriteStep(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int[] pixels, int pixelStep, string k, int offset, int row)
    {
        writer.Block("", () =>
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"var weight{r} = {v.Load("w", Literal.Of((row * Lanes.Panel) + (registers[r].Panel * PanelStride) + registers[r].Lane))};");
            for (var pixel = 0; pixel < pixels.Length; pixel++)
            {
                var constant = offset + (pixel * pixelStep);
                var place = k.Length == 0 ? Literal.Of(constant) : Plus(k, constant);
                writer.Line($"{(pixel == 0 ? "var " : "")}value = {v.Broadcast(place == "0" ? "x" : $"Unsafe.Add(ref x, {place})")};");
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{pixels[pixel]}{r} = {v.MultiplyAdd("value", $"weight{r}", $"sum{pixels[pixel]}{r}")};");
            }
        });
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, TileRun run, string lane, TapAxis columns, PixelTile tile, string column)
    {
        var first = Scaled(column, columns.Step, columns.Begin);
        var isConstant = int.TryParse(first, out var constant);
        if (!isConstant)
            writer.Line($"var place = line + (nuint)({Parenthesised(first)} * {OutputRows.Stride});");
        for (var pixel = 0; pixel < tile.Pixels; pixel++)
        {
            var computed = 0;
            foreach (var register in run.Registers)
            {
                var offset = (((isConstant ? constant : 0) + (pixel * columns.Step)) * OutputRows.Stride) + register.Offset;
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Plus(isConstant ? "line" : "place", offset));

                if (register.IsPadding)
                    Group.Stored.ForEach(value => writer.Line($"{v.Zero}.StoreUnsafe({Address(value)});"));
                else if (Tail.IsLight)
                    Tail.WriteOnRegister(writer, v, $"sum{pixel}{computed++}", Address, operand => Tail.LanesAt(operand, v, Plus(lane, register.Offset)));
                else
                    Tail.WriteStore(writer, $"sum{pixel}{computed++}", Address);
            }
        }
    }

    private static void Scoped(CodeWriter writer, bool isScoped, Action body)
    {
        if (isScoped)
            writer.Block("", body);
        else
            body();
    }

    /// <summary>name · factor + constant, as short as it can be written; a name may be a number.</summary>
    private static string Scaled(string name, int factor, int constant)
    {
        if (int.TryParse(name, out var number))
            return Literal.Of((number * factor) + constant);
        var product = factor == 1 ? name : $"({name} * {factor})";
        return constant == 0 ? (factor == 1 ? name : $"{name} * {factor}") : constant > 0 ? $"{product} + {constant}" : $"{product} - {-constant}";
    }

    private static string Parenthesised(string text) => text.Contains(' ') ? $"({text})" : text;
}

/// <summary>Where the elements of a convolution's input stand: the floats from pixel to pixel, row to row, channel to channel.</summary>
/// <param name="IsPlanar">Whether each channel is a plane of its own.</param>
/// <param name="Pixel">From pixel to pixel of a row.</param>
/// <param name="Row">From row to row.</param>
/// <param name="Channel">From channel to channel.</param>
internal readonly record struct InputPlace(bool IsPlanar, int Pixel, int Row, int Channel)
{
    public static InputPlace Of(TensorType type, RowLayout layout)
    {
        var pixels = type.Pixels;
        var width = pixels[pixels.Count - 1];
        return type.IsChannelsLast
            ? new InputPlace(false, layout.Stride, width * layout.Stride, 1)
            : new InputPlace(true, 1, layout.Stride, layout.Rows / type.Channels * layout.Stride);
    }
}
