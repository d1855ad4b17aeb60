using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>y = x·W for the steps of a block of a stream.</summary>
internal sealed class ProductStepsKernel : ProductKernel, IStepProduct
{
    private readonly StepTiles _tiles;

    public ProductStepsKernel(Group group, Arranged arranged)
        : base(group, arranged) => _tiles = new StepTiles(this, group, Tail);

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)} for the steps of a block, {Cost} each{Functions}. {_tiles.Describe(VectorSyntax.V256)}";

    public override IReadOnlyList<KernelArgument> Arguments => [.. Memory, KernelArgument.Steps];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) => _tiles.Write(writer, v);

    int IStepProduct.Depth => Depth;

    int IStepProduct.Width => Width;

    int IStepProduct.Taps => 1;

    Unrolling IStepProduct.Unrolling => ((Contraction)Group.Head).Unrolling;

    int IStepProduct.InputStride => InputRows.Stride;

    int IStepProduct.OutputStride => OutputRows.Stride;

    string IStepProduct.WeightAt(string lane) => WeightAt(lane);

    string IStepProduct.LoadWeight(VectorSyntax v, int row, TileRegister register) => LoadWeight(v, "weight", row, register);

    string IStepProduct.NextWeight(int rows) => NextWeight(rows);

    string IStepProduct.Start(VectorSyntax v, string lane) => Start(v, lane);

    string IStepProduct.Row(CodeWriter writer) => $"{Types.Unsafe}.Add(ref {InputName}, {Arithmetic.Product("step", InputRows.Stride)})";
}
