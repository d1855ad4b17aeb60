using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using StaticNet.Data;

namespace StaticNet.Serialization;

/// <summary>
/// Files of baked weights: those of one network in the layout in which its kernels read them. Loading one is a comparison of 32 bytes, the hash
/// of the architecture, and one copy.
/// </summary>
/// <remarks>
/// The layout belongs to the declaration and to the version of StaticNet, so keep the safetensors file too and bake it again when either changes;
/// a file that does not fit is refused, and the message names the first tensor that differs.
/// </remarks>
public static class BakedFile
{
    /// <summary>Writes weights in the layout of a network's kernels.</summary>
    /// <param name="path">The file, usually <c>.baked</c>. After a crash, it has either the old content or the new.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="weights">The elements of each parameter by its name, and perhaps a scaling and, as metadata, a schema; what losses keep is
    /// left out.</param>
    /// <exception cref="ArgumentException">Tensors are missing, unexpected, have other shapes, or hold a number that is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ParameterTable parameters, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(weights);
        var problems = StateDictProblems.Find(parameters.Parameters.Select(parameter => (parameter.Name, parameter.Shape)), weights);
        problems.Unexpected.RemoveAll(name => Scaling.IsReserved(name) || NetworkExtensions.IsOfLoss(name));
        problems.ThrowIfAny(strict: true, "the network", "The weights");

        var packed = new float[parameters.Length];
        foreach (var parameter in parameters.Parameters)
        {
            var values = weights[parameter.Name].Values;
            if (!TensorPrimitives.IsFiniteAll<float>(values))
                throw new ArgumentException($"Expected finite weights; {parameter.Name} holds a number that is NaN or infinite.", nameof(weights));
            parameter.Pack(values, packed);
        }

        var architecture = Encoding.UTF8.GetBytes(string.Join(BakedFormat.LineEnd, LinesOf(parameters)));
        var besides = BesidesOf(weights);
        Span<byte> header = stackalloc byte[BakedFormat.HeaderLength];
        header.Clear();
        BakedFormat.Write(header, architecture.Length, besides.Length, packed.Length);
        SHA256.HashData(architecture, header[BakedFormat.HashOffset..]);

        using var file = new AtomicFile(path);
        file.Stream.Write(header);
        file.Stream.Write(architecture);
        file.Stream.Write(besides);
        file.Stream.Write(new byte[BakedFormat.WeightsOffset(header) - BakedFormat.HeaderLength - architecture.Length - besides.Length]);
        file.Stream.Write(MemoryMarshal.AsBytes(packed.AsSpan()));
        file.Commit();
    }

    /// <summary>Takes weights, scaling and schema; on an error, nothing changes.</summary>
    /// <exception cref="DataFormatException">The bytes are not such a file.</exception>
    /// <exception cref="ArgumentException">They are those of another network, or have numbers that are not finite.</exception>
    internal static void Load<TNetwork>(TNetwork network, ReadOnlySpan<byte> bytes, string what)
        where TNetwork : class, INetwork<TNetwork>
    {
        var header = bytes[..Math.Min(bytes.Length, BakedFormat.HeaderLength)];
        if (BakedFormat.Fault(header, bytes.Length, FileKind.Describe(header)) is { } fault)
            throw new DataFormatException($"{what}: expected a file of baked weights; it {fault}.");
        var architecture = bytes.Slice(BakedFormat.HeaderLength, BakedFormat.ArchitectureLength(bytes));
        CheckArchitecture<TNetwork>(bytes.Slice(BakedFormat.HashOffset, BakedFormat.HashLength), architecture, what);
        var values = MemoryMarshal.Cast<byte, float>(bytes[BakedFormat.WeightsOffset(bytes)..]);
        if (values.Length != TNetwork.ParameterTable.Length)
            throw new DataFormatException($"{what}: expected {TNetwork.ParameterTable.Length} floats of {TNetwork.Description.Name}; there are {values.Length}.");
        if (!TensorPrimitives.IsFiniteAll(values))
            throw new ArgumentException($"{what} holds a number that is NaN or infinite; {TNetwork.Description.Name} would not compute numbers with it.");

        var besides = bytes.Slice(BakedFormat.HeaderLength + architecture.Length, BakedFormat.BesidesLength(bytes));
        if (besides.IsEmpty)
            NetworkExtensions.Take(network, values, Scaling.None, schema: null);
        else
            TakeAll(network, values, besides, what);
    }

    private static void TakeAll<TNetwork>(TNetwork network, ReadOnlySpan<float> values, ReadOnlySpan<byte> besides, string what)
        where TNetwork : class, INetwork<TNetwork>
    {
        StateDict state;
        try
        {
            state = Safetensors.Read(besides);
        }
        catch (SafetensorsException exception)
        {
            throw new DataFormatException($"{what} is damaged: {exception.Message}", exception);
        }

        NetworkExtensions.Take(network, values, Scaling.FromStateDict(state), TableExtensions.ReadSchema(state, TNetwork.Description, what));
    }

    private static void CheckArchitecture<TNetwork>(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> architecture, string what)
        where TNetwork : class, INetwork<TNetwork>
    {
        var own = string.Join(BakedFormat.LineEnd, LinesOf(TNetwork.ParameterTable));
        Span<byte> expected = stackalloc byte[BakedFormat.HashLength];
        SHA256.HashData(Encoding.UTF8.GetBytes(own), expected);
        if (hash.SequenceEqual(expected))
            return;
        var name = TNetwork.Description.Name;
        var difference = Architecture.Difference(BakedFormat.LinesOf(Encoding.UTF8.GetString(architecture)), BakedFormat.LinesOf(own), name);
        throw difference is null
            ? new DataFormatException($"{what} is damaged: its architecture does not have the hash that is stored with it.")
            : new ArgumentException($"{what} does not fit {name}: {difference}.");
    }

    /// <summary>Scaling and schema as safetensors; nothing where there are none.</summary>
    private static byte[] BesidesOf(StateDict weights)
    {
        var besides = new StateDict();
        Scaling.FromStateDict(weights).ToStateDict(besides);
        if (weights.Metadata.TryGetValue(TableExtensions.SchemaKey, out var schema))
            besides.Metadata.Add(TableExtensions.SchemaKey, schema);
        if (besides.Count == 0 && besides.Metadata.Count == 0)
            return [];
        using var stream = new MemoryStream();
        Safetensors.Write(stream, besides);
        return stream.ToArray();
    }

    private static IEnumerable<string> LinesOf(ParameterTable table) => table.Parameters.Select(parameter => Architecture.Line(
        parameter.Name, parameter.Shape, parameter.Kind, parameter.Packing, parameter.Offset, parameter.Channels, parameter.Groups, parameter.Gates,
        parameter.Connections.IsDefault ? [] : parameter.Connections));
}
