using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// What the kernels of y = x·W and of convolutions share: forward, and the gradient of the input, which reads a transposed
/// copy of the weight. Panels of 16 outputs, each read from front to back.
/// </summary>
internal abstract class ProductKernel : Kernel
{
    protected ProductKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        Tail = new Tail(group, arranged);
        Input = Operand(group.Head, group.Head.Inputs[0]);
        InputName = Names.Argument(Input.Name);
        Product = (Product)group.Head;
    }

    /// <summary>An FMA takes four cycles and two start in each: fewer independent sums than this leave the units idle.</summary>
    protected const int IndependentSums = 8;

    protected Tail Tail { get; }

    protected Value Input { get; }

    protected string InputName { get; }

    protected Product Product { get; }

    protected Parameter Weight => Product.Weight;

    private Parameter? Bias => Product.Bias;

    /// <summary>The number of inputs of each output.</summary>
    protected int Depth => Group.Head.Inputs[0].Type.Last;

    /// <summary>The number of outputs.</summary>
    protected int Width => Group.Head.Output.Type.Last;

    protected RowLayout InputRows => InputLayout(0);

    protected RowLayout OutputRows => LayoutOf(Group.Result);

    protected string WeightSource => Product.Prepared is null ? Names.Argument(Weight.CodeName) : Product.ReadsTransposed ? "transposed" : "rounded";

    /// <summary>The rows of a panel of the weight.</summary>
    private int PanelRows => Product.ReadsTransposed ? Weight.Positions * Weight.Outputs : Weight.Depth;

    /// <summary>The floats from one panel of the weight to the next.</summary>
    protected int PanelStride => PanelRows * Lanes.Panel;

    protected string Cost => Invariant.Grouped((long)Depth * Width) + " multiply-adds";

    protected string Functions => (Product.Prepared is { Element: ElementType.BFloat16 } ? " by weights of 16 bits" : "") + (Group.Tail.Count > 0 ? ", then " + Tail.Title : "");

    private KernelArgument WeightArgument => Product.Prepared is { } prepared ? KernelArgument.Of(prepared, WeightSource) : KernelArgument.Of(Weight);

    protected IEnumerable<KernelArgument> Memory => new[] { KernelArgument.Of(Input, InputName) }
        .Concat(Tail.Arguments.Where(argument => argument.Value != Input))
        .Append(WeightArgument)
        .Concat(Bias is null ? [] : [KernelArgument.Of(Bias)])
        .Concat(Tail.Parameters);

    /// <summary>The weight's reference for the panel that starts at a lane.</summary>
    protected string WeightAt(string lane) => $"ref {VectorSyntax.At(WeightSource, Arithmetic.Product(lane, PanelRows))}";

    /// <summary>A vector of the weight, as floats.</summary>
    protected string LoadWeight(VectorSyntax v, string reference, int offset) => Product.Prepared is { Element: ElementType.BFloat16 }
        ? $"{Types.BFloat16Lanes}.Load{v.Bits}(ref {reference}, {offset})"
        : v.Load(reference, Literal.Of(offset));

    /// <summary>The start of a sum: the bias, or zero.</summary>
    protected string Start(VectorSyntax v, string lane) => Bias is null ? v.Zero : v.Load(Names.Argument(Bias.CodeName), lane);

    /// <summary>The partial sums of each output of one row, where a tile has too few registers for independent sums.</summary>
    protected int Partials(TileRun run)
    {
        var partials = 1;
        while (partials < 4 && partials * run.Computed.Count() < IndependentSums && partials * 2 <= Depth)
            partials *= 2;
        return partials;
    }

    /// <summary>The name of a register's partial sum.</summary>
    protected static string Sum(int register, int part) => $"{(char)('a' + part)}{register}";

    /// <summary>The partial sums added in pairs.</summary>
    protected static string Total(int register, int partials) => partials switch
    {
        1 => Sum(register, 0),
        2 => $"{Sum(register, 0)} + {Sum(register, 1)}",
        _ => $"({Sum(register, 0)} + {Sum(register, 1)}) + ({Sum(register, 2)} + {Sum(register, 3)})",
    };

    /// <summary>Writes a loop over the tiles of each run, or its one tile; lanes are given by an expression.</summary>
    internal static void WriteTiles(CodeWriter writer, IReadOnlyList<TileRun> runs, Action<TileRun, string> tile)
    {
        foreach (var run in runs)
        {
            if (run.Count > 1)
                writer.Block($"for ({Types.NUInt} lane = {run.FirstLane}; lane < {run.EndLane}; lane += {run.Step})", () => tile(run, "lane"));
            else if (runs.Count > 1)
                writer.Block("", () => tile(run, Literal.Of(run.FirstLane)));
            else
                tile(run, Literal.Of(run.FirstLane));
        }
    }

    /// <summary>Writes the loop that applies long functions to rows which have just been stored.</summary>
    protected void WriteTailLoop(CodeWriter writer, VectorSyntax v, string begin, string end)
    {
        if (Group.Tail.Any(operation => operation.LaneOperands.Any(operand => !operand.IsUniform)))
        {
            writer.Block($"for (var i = ({Types.NUInt})({begin}); i < ({Types.NUInt})({end}); i += {OutputRows.Stride})", () =>
                writer.Block($"for ({Types.NUInt} lane = 0; lane < {OutputRows.Stride}; lane += {v.Lanes})", () =>
                    Tail.WriteOnElements(writer, v, "i + lane", operand => Tail.LanesAt(operand, v, "lane"))));
            return;
        }

        writer.Block($"for (var i = ({Types.NUInt})({begin}); i < ({Types.NUInt})({end}); i += {v.Lanes})", () =>
            Tail.WriteOnElements(writer, v, "i", operand => Tail.LanesAt(operand, v, "0")));
    }
}
