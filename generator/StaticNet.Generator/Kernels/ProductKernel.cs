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
    private int PanelRows => Product.ReadsTransposed ? Weight.Positions * Weight.Outputs : ReadsPairs ? RoundedWeight.PairsOf(Weight) : Weight.Depth;

    /// <summary>The floats from one panel of the weight to the next.</summary>
    protected int PanelStride => PanelRows * Lanes.Panel;

    protected string Cost => Invariant.Grouped((long)Depth * Width) + " multiply-adds";

    protected string Functions => (ReadsPairs ? " by weights of 16 bits" : "") + (Group.Tail.Count > 0 ? ", then " + Tail.Title : "");

    private KernelArgument WeightArgument => Product.Prepared is { } prepared ? KernelArgument.Of(prepared, WeightSource) : KernelArgument.Of(Weight);

    protected IEnumerable<KernelArgument> Memory => new[] { KernelArgument.Of(Input, InputName) }
        .Concat(Tail.Arguments.Where(argument => argument.Value != Input))
        .Append(WeightArgument)
        .Concat(Bias is null ? [] : [KernelArgument.Of(Bias)])
        .Concat(Tail.Parameters);

    /// <summary>The weight's reference for the panel that starts at a lane.</summary>
    protected string WeightAt(string lane) => $"ref {VectorSyntax.At(WeightSource, Arithmetic.Product(lane, PanelRows))}";

    /// <summary>Whether each row of the weight's memory holds two inputs, in 16 bits each.</summary>
    protected bool ReadsPairs => Product.Prepared is { Element: BufferElement.BFloat16Pair };

    /// <summary>A vector of the weight, as floats.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="reference">Where a panel's row of an even input begins.</param>
    /// <param name="place">The input, from that one on.</param>
    /// <param name="register">The outputs.</param>
    protected string LoadWeight(VectorSyntax v, string reference, int place, TileRegister register)
    {
        var outputs = (register.Panel * PanelStride) + register.Lane;
        return ReadsPairs
            ? $"{Types.BFloat16Pairs}.{(place % 2 == 0 ? "Even" : "Odd")}({v.Load(reference, Literal.Of((place / 2 * Lanes.Panel) + outputs))})"
            : v.Load(reference, Literal.Of((place * Lanes.Panel) + outputs));
    }

    /// <summary>The statement that goes on by some inputs, an even number where rows hold two.</summary>
    protected string NextWeight(int inputs) => $"weight = ref {Types.Unsafe}.Add(ref weight, {(ReadsPairs ? inputs / 2 : inputs) * Lanes.Panel});";

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
