using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>The product of a weight with the rows of a block of steps, of which each may take several, one for each tap.</summary>
internal interface IStepProduct
{
    /// <summary>The elements of a row.</summary>
    int Depth { get; }

    /// <summary>The outputs.</summary>
    int Width { get; }

    /// <summary>The rows that are multiplied with weights of their own and added.</summary>
    int Taps { get; }

    /// <summary>Whether the products of a row are straight-line.</summary>
    Unrolling Unrolling { get; }

    /// <summary>The floats from row to row of what is read.</summary>
    int InputStride { get; }

    /// <summary>The floats from row to row of what is written.</summary>
    int OutputStride { get; }

    /// <summary>The weight's reference for the panel that starts at a lane.</summary>
    string WeightAt(string lane);

    /// <summary>A vector of the weight.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="row">The row, from <c>weight</c> on.</param>
    /// <param name="register">The register of the tile.</param>
    string LoadWeight(VectorSyntax v, int row, TileRegister register);

    /// <summary>The statement that goes on by so many rows of the weight.</summary>
    string NextWeight(int rows);

    /// <summary>What a sum begins with, from a lane on.</summary>
    string Start(VectorSyntax v, string lane);

    /// <summary>Writes what comes before, and returns the reference of the row of the step <c>step</c>, and of the tap <c>tap</c> where there are several.</summary>
    string Row(CodeWriter writer);
}
