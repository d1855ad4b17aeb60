using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A 3×3 convolution by Winograd's F(4×4, 3×3), block by block of tiles: inputs to 36 points, for each point a product of
/// tiles × inputs × outputs in registers, points to outputs.
/// </summary>
internal sealed class WinogradKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private const int Points = WinogradConvolution.Points;

    private readonly Tail _tail = new(group, arranged);

    private WinogradConvolution Operation => (WinogradConvolution)Group.Head;

    private WindowSum Convolution => Operation.Convolution;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Transformed => Operand(Operation, Operation.Inputs[1]);

    private Value Scratch => Operation.Scratch!;

    private WindowedAxis Vertical => Convolution.Axes[0];

    private WindowedAxis Horizontal => Convolution.Axes[1];

    private int TileRows => ((Vertical.Output - 1) / 4) + 1;

    private int TileColumns => ((Horizontal.Output - 1) / 4) + 1;

    private int Channels => Convolution.Weight.Inputs;

    private int Outputs => Convolution.Weight.Shape[0];

    private const int Block = WinogradConvolution.Block;

    private const int Room = WinogradConvolution.Room;

    /// <summary>The floats of a tile's channels at a point.</summary>
    private int InputStride => Lanes.Pad(Channels);

    /// <summary>The panels of outputs that are computed together.</summary>
    private int Panels => Math.Min(2, Lanes.Panels(Outputs));

    private int OutputStride => Panels * Lanes.Panel;

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Operation.Inputs[0])} → {Shape(Group.Result)}, 3×3 taps{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}. Winograd's F(4×4, 3×3): " +
        $"36 products instead of 144 for each 4×4 outputs, {TileRows}×{TileColumns} tiles per sample, up to {Block} of them together.{Convolution.Why}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Transformed, Names.Argument(Transformed.Name)),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        .. Convolution.Bias is { } bias ? [KernelArgument.Of(bias)] : Array.Empty<KernelArgument>(),
        .. _tail.Parameters,
        KernelArgument.Of(Scratch, "scratch"),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Line("// The transformed inputs come first, then the products, then those of one tile halfway back.");
        writer.Line($"ref var products = ref {Types.Unsafe}.Add(ref scratch, {Points * Room * InputStride});");
        writer.Line($"ref var halfway = ref {Types.Unsafe}.Add(ref products, {Points * Room * OutputStride});");
        writer.Block($"for (var first = 0; first < samples * {TileRows * TileColumns}; first += {Block})", () =>
        {
            writer.Line($"var count = {Types.Math}.Min({Block}, (samples * {TileRows * TileColumns}) - first);");
            WriteTileLoop(writer, () => WriteInputs(writer, v));
            WriteProducts(writer, v);
        });
    }

    private void WriteTileLoop(CodeWriter writer, Action body) => writer.Block("for (var tile = 0; tile < count; tile++)", () =>
    {
        writer.Line($"var sample = (first + tile) / {TileRows * TileColumns};");
        writer.Line($"var row = (first + tile) % {TileRows * TileColumns} / {TileColumns} * 4;");
        writer.Line($"var column = (first + tile) % {TileColumns} * 4;");
        body();
    });

    private void WriteInputs(CodeWriter writer, VectorSyntax v)
    {
        var rows = InputLayout(0);
        writer.Line($"var top = row - {Vertical.Before};").Line($"var left = column - {Horizontal.Before};");
        writer.Line($"ref var image = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {LengthOf(Input, rows)});");
        writer.Line($"ref var points = ref {Types.Unsafe}.Add(ref scratch, tile * {InputStride});");
        writer.Line($"var isInside = top >= 0 && left >= 0 && top <= {Vertical.Input - 6} && left <= {Horizontal.Input - 6};");
        writer.Block($"for (var lane = 0; lane < {InputStride}; lane += {v.Lanes})", () =>
        {
            writer.Block("for (var i = 0; i < 6; i++)", () =>
            {
                for (var j = 0; j < 6; j++)
                    writer.Line($"{v.Type}<float> d{j};");
                writer.Block("if (isInside)", () =>
                {
                    writer.Line($"ref var line = ref {Types.Unsafe}.Add(ref image, (((top * {Horizontal.Input}) + left + i) * {rows.Stride}) + lane);");
                    for (var j = 0; j < 6; j++)
                        writer.Line($"d{j} = {v.Load("line", Literal.Of(j * Horizontal.Input * rows.Stride))};");
                });
                writer.Block("else", () =>
                {
                    writer.Line("// Zeros around the input.");
                    writer.Line($"var isColumn = unchecked((uint)(left + i)) < {Horizontal.Input};");
                    for (var j = 0; j < 6; j++)
                        writer.Line($"d{j} = isColumn && unchecked((uint){Below(j)}) < {Vertical.Input} ? {v.Load("image", $"({Types.NUInt})(((({Below(j)} * {Horizontal.Input}) + left + i) * {rows.Stride}) + lane)")} : {v.Zero};");
                });
                WinogradTransforms.WriteInput(writer, v, ["d0", "d1", "d2", "d3", "d4", "d5"], "t");
                for (var j = 0; j < 6; j++)
                    writer.Line(v.Store($"t{j}", "points", $"({Types.NUInt})({Arithmetic.Sum(Arithmetic.Product(Arithmetic.Sum("i", j * 6), Room * InputStride), "lane")})"));
            });
            writer.Block("for (var i = 0; i < 6; i++)", () =>
            {
                writer.Line($"ref var line = ref {Types.Unsafe}.Add(ref points, (i * {6 * Room * InputStride}) + lane);");
                for (var j = 0; j < 6; j++)
                    writer.Line($"var d{j} = {v.Load("line", Literal.Of(j * Room * InputStride))};");
                WinogradTransforms.WriteInput(writer, v, ["d0", "d1", "d2", "d3", "d4", "d5"], "t");
                for (var j = 0; j < 6; j++)
                    writer.Line(v.Store($"t{j}", "line", Literal.Of(j * Room * InputStride)));
            });
        });
    }

    /// <summary>A row of the tile's inputs, as an operand.</summary>
    private static string Below(int row) => row == 0 ? "top" : $"(top + {row})";

    /// <summary>For each run of panels: the products of every point, then the way back.</summary>
    private void WriteProducts(CodeWriter writer, VectorSyntax v)
    {
        var panels = Lanes.Panels(Outputs);
        var runs = panels / Panels;
        WriteRun(runs > 1 ? $"for (var lane = 0; lane < {runs * OutputStride}; lane += {OutputStride})" : "", runs > 1 ? "lane" : "0", Panels);
        if (panels % Panels is var rest && rest > 0)
            WriteRun("", Literal.Of(runs * OutputStride), rest);

        void WriteRun(string head, string lane, int count)
        {
            if (head.Length > 0)
                writer.Block(head, Run);
            else
                writer.Scoped(panels > Panels, Run);

            void Run()
            {
                writer.Block($"for (var point = 0; point < {Points}; point++)", () => WritePoint(writer, v, lane, count));
                WriteTileLoop(writer, () => WriteOutputs(writer, v, lane, count));
            }
        }
    }

    private void WritePoint(CodeWriter writer, VectorSyntax v, string lane, int panels)
    {
        // Rows beyond the last tile are computed of what is there, and read by nobody.
        var (rows, side) = v.Bits switch { 512 => (4, panels), 256 => (4, 1), _ => (3, 1) };
        void Panel(string panel) => writer.Block($"for (var tile = 0; tile < count; tile += {rows})", () => WriteTile(writer, v, lane, panel, side, "tile", rows));

        if (panels > side)
            writer.Block($"for (var panel = 0; panel < {panels}; panel += {side})", () => Panel("panel"));
        else
            Panel("0");
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, string lane, string panel, int side, string firstTile, int size)
    {
        var registers = side * v.PerPanel;
        var weightPanel = Arithmetic.Sum(Arithmetic.Quotient(lane, Lanes.Panel), panel);
        writer.Line($"ref var w = ref {Types.Unsafe}.Add(ref {Names.Argument(Transformed.Name)}, {Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product(weightPanel, Points), "point"), Channels * Lanes.Panel)});");
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref scratch, {Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("point", Room), firstTile), InputStride)});");
        for (var tile = 0; tile < size; tile++)
            writer.Line(string.Join(" ", Enumerable.Range(0, registers).Select(r => $"var sum{tile}{r} = {v.Zero};")));
        writer.Block($"for ({Types.NUInt} k = 0; k < {Channels}; k++)", () =>
        {
            for (var r = 0; r < registers; r++)
            {
                var (of, at) = (r / v.PerPanel, r % v.PerPanel);
                writer.Line($"var weight{r} = {v.Load("w", Literal.Of((of * Points * Channels * Lanes.Panel) + (at * v.Lanes)))};");
            }

            for (var tile = 0; tile < size; tile++)
            {
                writer.Line($"{(tile == 0 ? "var " : "")}value = {v.Broadcast($"{Types.Unsafe}.Add(ref x, k{(tile == 0 ? "" : $" + {tile * InputStride}")})")};");
                for (var r = 0; r < registers; r++)
                    writer.Line($"sum{tile}{r} = {v.MultiplyAdd("value", $"weight{r}", $"sum{tile}{r}")};");
            }

            writer.Line($"w = ref {Types.Unsafe}.Add(ref w, 16);");
        });
        writer.Line($"ref var product = ref {Types.Unsafe}.Add(ref products, {Arithmetic.Sum(Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("point", Room), firstTile), OutputStride), Arithmetic.Product(panel, Lanes.Panel))});");
        for (var tile = 0; tile < size; tile++)
        {
            for (var r = 0; r < registers; r++)
                writer.Line(v.Store($"sum{tile}{r}", "product", Literal.Of((tile * OutputStride) + (r * v.Lanes))));
        }
    }

    private void WriteOutputs(CodeWriter writer, VectorSyntax v, string lane, int panels)
    {
        var rows = LayoutOf(Group.Result);
        var stride = Room * OutputStride;
        writer.Block($"for (var part = 0; part < {panels * Lanes.Panel}; part += {v.Lanes})", () =>
        {
            writer.Line($"ref var points = ref {Types.Unsafe}.Add(ref products, (tile * {OutputStride}) + part);");
            writer.Line("// Down each of the six columns of points: six rows become four.");
            writer.Block("for (var i = 0; i < 6; i++)", () =>
            {
                writer.Line($"ref var line = ref {Types.Unsafe}.Add(ref points, i * {stride});");
                for (var row = 0; row < 6; row++)
                    writer.Line($"var m{row} = {v.Load("line", Literal.Of(row * 6 * stride))};");
                WinogradTransforms.WriteOutput(writer, v, "m", "t");
                writer.Line($"ref var half = ref {Types.Unsafe}.Add(ref halfway, i * {v.Lanes});");
                for (var row = 0; row < 4; row++)
                    writer.Line(v.Store($"t{row}", "half", Literal.Of(row * 6 * v.Lanes)));
            });

            var channel = lane == "0" ? "part" : $"({lane} + part)";
            writer.Line($"var channel = ({Types.NUInt}){channel};");
            if (Convolution.Bias is { } bias)
                writer.Line($"var bias = {v.Load(Names.Argument(bias.CodeName), "channel")};");
            writer.Line("// Along each of those rows: six points become four pixels.");
            if (Vertical.Output % 4 != 0)
                writer.Line($"var rows = {Types.Math}.Min(4, {Vertical.Output} - row);");
            writer.Block($"for (var i = 0; i < {(Vertical.Output % 4 != 0 ? "rows" : "4")}; i++)", () =>
            {
                writer.Line($"ref var half = ref {Types.Unsafe}.Add(ref halfway, i * {6 * v.Lanes});");
                for (var column = 0; column < 6; column++)
                    writer.Line($"var m{column} = {v.Load("half", Literal.Of(column * v.Lanes))};");
                WinogradTransforms.WriteOutput(writer, v, "m", "z");
                writer.Line($"var place = ({Types.NUInt})(((((sample * {Vertical.Output}) + row + i) * {Horizontal.Output}) + column) * {rows.Stride}) + channel;");
                for (var column = 0; column < 4; column++)
                {
                    var pixel = column;
                    string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), pixel == 0 ? "place" : $"place + {pixel * rows.Stride}");
                    void Result()
                    {
                        if (Convolution.Bias is not null)
                            writer.Line($"z{pixel} += bias;");
                        if (_tail.IsLight)
                            _tail.WriteOnRegister(writer, v, $"z{pixel}", Address, operand => _tail.LanesAt(operand, v, "channel"));
                        else
                            _tail.WriteStore(writer, v, $"z{pixel}", Address);
                    }

                    if (Horizontal.Output % 4 != 0 && pixel > 0)
                        writer.Block($"if (column + {pixel} < {Horizontal.Output})", Result);
                    else
                        Result();
                }
            });
        });
        if (!_tail.IsLight)
            WriteHeavyTail(writer, v, lane, panels);
    }

    /// <summary>Long functions follow in a loop over the tile's pixels.</summary>
    private void WriteHeavyTail(CodeWriter writer, VectorSyntax v, string lane, int panels)
    {
        var rows = LayoutOf(Group.Result);
        writer.Block($"for (var i = row; i < {Types.Math}.Min(row + 4, {Vertical.Output}); i++)", () =>
            writer.Block($"for (var j = column; j < {Types.Math}.Min(column + 4, {Horizontal.Output}); j++)", () =>
                writer.Block($"for (var channel = ({Types.NUInt}){lane}; channel < ({Types.NUInt}){lane} + {panels * Lanes.Panel}; channel += {v.Lanes})", () =>
                {
                    writer.Line($"var place = ({Types.NUInt})(((((sample * {Vertical.Output}) + i) * {Horizontal.Output}) + j) * {rows.Stride}) + channel;");
                    _tail.WriteOnElements(writer, v, "place", operand => _tail.LanesAt(operand, v, "channel"));
                })));
    }
}
