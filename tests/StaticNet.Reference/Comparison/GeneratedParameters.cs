namespace StaticNet.Reference.Comparison;

/// <summary>Brings parameters by name into the kernels' layout and back.</summary>
public static class GeneratedParameters
{
    /// <summary>Packs every parameter of a table.</summary>
    public static void Pack(ParameterTable table, IReadOnlyDictionary<string, double[]> values, Span<float> packed)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(values);
        foreach (var parameter in table.Parameters)
            parameter.Pack(Floats(values[parameter.Name]), packed);
    }

    /// <summary>Unpacks the trainable parameters, or their gradients.</summary>
    public static Dictionary<string, double[]> UnpackTrainable(ParameterTable table, ReadOnlySpan<float> packed) =>
        Unpack(table, packed, parameter => parameter.Trainable);

    /// <summary>Unpacks the running statistics.</summary>
    public static Dictionary<string, double[]> UnpackStatistics(ParameterTable table, ReadOnlySpan<float> packed) =>
        Unpack(table, packed, parameter => parameter.Kind == ParameterKind.Statistic);

    /// <summary>The place of a float that belongs to no element and is not zero, or −1.</summary>
    /// <param name="table">The parameters.</param>
    /// <param name="packed">All parameters, or the trainable ones or their gradients.</param>
    public static int DirtyPadding(ParameterTable table, ReadOnlySpan<float> packed)
    {
        ArgumentNullException.ThrowIfNull(table);
        var clean = new float[packed.Length];
        foreach (var parameter in table.Parameters)
        {
            if (parameter.Offset + parameter.PackedLength <= packed.Length)
                parameter.Pack(Floats(Unpack(parameter, packed)), clean);
        }

        for (var index = 0; index < packed.Length; index++)
        {
            if (!packed[index].Equals(clean[index]))
                return index;
        }

        return -1;
    }

    /// <summary>Rounds to single precision.</summary>
    public static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];

    /// <summary>Widens to double precision.</summary>
    public static double[] Doubles(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (var index = 0; index < values.Length; index++)
            result[index] = values[index];
        return result;
    }

    private static Dictionary<string, double[]> Unpack(
        ParameterTable table, ReadOnlySpan<float> packed, Func<ParameterInfo, bool> wanted)
    {
        ArgumentNullException.ThrowIfNull(table);
        var result = new Dictionary<string, double[]>();
        foreach (var parameter in table.Parameters)
        {
            if (wanted(parameter))
                result.Add(parameter.Name, Unpack(parameter, packed));
        }

        return result;
    }

    private static double[] Unpack(ParameterInfo parameter, ReadOnlySpan<float> packed)
    {
        var logical = new float[parameter.Count];
        parameter.Unpack(packed, logical);
        return Doubles(logical);
    }
}
