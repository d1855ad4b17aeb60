using System.Globalization;
using System.Text;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the weights of an inference twin as data of the program, in the layout of the kernels.</summary>
/// <remarks>
/// What carries them depends on how many there are. Numbers become static data, which is read where the executable is mapped, but each
/// of them costs the compiler some 12 µs. A text costs it next to nothing.
/// </remarks>
internal static class BakedWriter
{
    /// <summary>As many floats as are written as numbers: half a second of the compiler.</summary>
    public const int MostInNumbers = 100_000;

    private const int NumbersPerLine = 8;

    private const int CharactersPerLine = 32 * 1024;

    /// <summary>Writes the file.</summary>
    /// <param name="target">The class.</param>
    /// <param name="file">The name of the file that the weights are of.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="content">What the file holds: all of the parameters, and perhaps a scaling and a schema.</param>
    public static string Write(TargetType target, string file, IReadOnlyList<ParameterShape> parameters, WeightsContent content) => ClassFile.Write(target, writer =>
    {
        var packed = new float[parameters.Sum(parameter => parameter.PackedLength)];
        foreach (var parameter in parameters)
            parameter.Pack(content.Tensors[parameter.Name], packed);
        var bytes = new byte[packed.Length * sizeof(float)];
        Buffer.BlockCopy(packed, 0, bytes, 0, bytes.Length);
        var isInNumbers = packed.Length <= MostInNumbers;

        writer.Comment($"The weights of {file}, {Invariant.Grouped(packed.Length)} floats as kernels read them: panels of 16 outputs, with zeros around. They are copied once, to where they are aligned.");
        writer.Block("partial void TakeBakedWeights()", () =>
        {
            writer.Line($"{Types.EmbeddedWeights}.Take(this, BakedWeights{Scaling(content.Tensors)});");
            if (content.Schema is { } schema)
                writer.Line($"{Types.EmbeddedWeights}.TakeSchema(this, {Literal.Of(schema)});");
        }).Line();
        if (isInNumbers)
            WriteNumbers(writer, parameters, bytes);
        else
            WriteText(writer, bytes);
    });

    private static void WriteNumbers(CodeWriter writer, IReadOnlyList<ParameterShape> parameters, byte[] bytes)
    {
        writer.Line("// Two floats in each number.");
        writer.Line($"private static {Types.ReadOnlySpan}<ulong> BakedWeights =>");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var parameter in parameters)
            {
                writer.Comment(parameter.Name);
                var (begin, end) = (parameter.Offset * sizeof(float), (parameter.Offset + parameter.PackedLength) * sizeof(float));
                for (var line = begin; line < end; line += NumbersPerLine * sizeof(ulong))
                    writer.Line(string.Concat(Enumerable.Range(0, NumbersPerLine).Select(number => $"0x{BitConverter.ToUInt64(bytes, line + (number * sizeof(ulong))).ToString("X", CultureInfo.InvariantCulture)}, ")).TrimEnd());
            }
        });
        writer.Line("];");
    }

    private static void WriteText(CodeWriter writer, byte[] bytes)
    {
        writer.Line("// Two characters for each float.");
        writer.Line("private const string BakedWeights =");
        writer.Indented(() =>
        {
            var line = new StringBuilder();
            for (var place = 0; place < bytes.Length; place += sizeof(char))
            {
                line.Append("\\u").Append(BitConverter.ToUInt16(bytes, place).ToString("X4", CultureInfo.InvariantCulture));
                var isLast = place + sizeof(char) == bytes.Length;
                if (!isLast && (place / sizeof(char) % CharactersPerLine) != CharactersPerLine - 1)
                    continue;
                writer.Line($"\"{line}\"{(isLast ? ";" : " +")}");
                line.Clear();
            }
        });
    }

    /// <summary>The argument with the scaling; empty for none.</summary>
    private static string Scaling(IReadOnlyDictionary<string, float[]> tensors)
    {
        var (inputs, targets) = (Scaler(tensors, "scaling.inputs"), Scaler(tensors, "scaling.targets"));
        return inputs is null && targets is null ? "" : $", new {Types.Scaling}({inputs ?? "null"}, {targets ?? "null"})";
    }

    private static string? Scaler(IReadOnlyDictionary<string, float[]> tensors, string name)
    {
        if (!tensors.TryGetValue(name + ".shift", out var shift) || !tensors.TryGetValue(name + ".scale", out var scale))
            return null;
        var function = tensors.TryGetValue(name + ".function", out var number) ? $", ({Types.ScalerFunction}){Literal.Of((int)number[0])}" : "";
        var width = tensors.TryGetValue(name + ".width", out var count) ? $", width: {Literal.Of((int)count[0])}" : "";
        return $"new {Types.Scaler}([{string.Join(", ", shift.Select(Literal.Of))}], [{string.Join(", ", scale.Select(Literal.Of))}]{function}{width})";
    }
}
