using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>A tensor as a file's header names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">Where its data begins after the header.</param>
/// <param name="End">Where it ends.</param>
internal sealed record StoredTensor(string Name, string Type, EquatableArray<long> Shape, long Begin, long End)
{
    /// <summary>Whether <see cref="Values"/> reads elements of this type.</summary>
    public bool HasValues => Type is "F32" or "F64" or "BF16" or "I64";

    /// <summary>Its elements, row-major.</summary>
    /// <param name="data">What follows the file's header.</param>
    public float[] Values(byte[] data)
    {
        var width = Type switch { "F32" => 4, "BF16" => 2, _ => 8 };
        var values = new float[(End - Begin) / width];
        for (var index = 0; index < values.Length; index++)
            values[index] = Value(data, (int)Begin + (index * width));
        return values;
    }

    private float Value(byte[] data, int place) => Type switch
    {
        "F32" => BitConverter.ToSingle(data, place),
        "F64" => (float)BitConverter.ToDouble(data, place),
        "BF16" => BitConverter.ToSingle([0, 0, data[place], data[place + 1]], 0),
        _ => BitConverter.ToInt64(data, place),
    };
}
