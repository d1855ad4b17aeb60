using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Takes what is wrong with a layer's arguments or shapes; it is reported on the layer's attribute.</summary>
internal interface IShapeErrors
{
    /// <summary>An argument is outside its range.</summary>
    /// <returns>Null, so that a shape rule can return it.</returns>
    TensorType? Argument(string argument, string expected, string actual);

    /// <summary>Shapes do not fit.</summary>
    /// <returns>Null, so that a shape rule can return it.</returns>
    TensorType? Shapes(string problem);

    /// <summary>An expression is not understood.</summary>
    /// <returns>Null, so that a shape rule can return it.</returns>
    TensorType? Expression(string expression, int place, string problem);
}
