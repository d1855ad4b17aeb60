using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StaticNet.Generator.Tests;

/// <summary>What counts for the JIT compiler, which compiles methods beyond its limits without optimising.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Bytes">The bytes of intermediate language.</param>
/// <param name="Locals">The local variables.</param>
/// <param name="LocalReferences">The instructions that read or write a local variable or an argument.</param>
internal sealed record MethodSize(string Name, int Bytes, int Locals, int LocalReferences)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>Measures every method of an assembly that has a body.</summary>
    public static IReadOnlyList<MethodSize> Of(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        var metadata = file.GetMetadataReader();
        return [.. metadata.MethodDefinitions
            .Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Select(method => Of(metadata, method, file.GetMethodBody(method.RelativeVirtualAddress)))];
    }

    private static MethodSize Of(MetadataReader metadata, MethodDefinition method, MethodBodyBlock body)
    {
        var type = metadata.GetTypeDefinition(method.GetDeclaringType());
        var code = body.GetILContent();
        return new MethodSize(
            $"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}", code.Length, CountLocals(metadata, body.LocalSignature), CountReferences(code));
    }

    private static int CountLocals(MetadataReader metadata, StandaloneSignatureHandle signature)
    {
        if (signature.IsNil)
            return 0;
        var reader = metadata.GetBlobReader(metadata.GetStandaloneSignature(signature).Signature);
        reader.ReadSignatureHeader();
        return reader.ReadCompressedInteger();
    }

    private static int CountReferences(ImmutableArray<byte> code)
    {
        var count = 0;
        for (var place = 0; place < code.Length;)
        {
            var opCode = Codes[code[place] == 0xFE ? 0xFE00 | code[place + 1] : code[place]];
            if (opCode.Name is { } name && (name.Contains("loc", StringComparison.Ordinal) || name.Contains("arg", StringComparison.Ordinal)) && name != "localloc" && name != "arglist")
                count++;
            place += opCode.Size + OperandSize(opCode, code, place + opCode.Size);
        }

        return count;
    }

    private static int OperandSize(OpCode code, ImmutableArray<byte> bytes, int place) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes.AsSpan(place, 4))),
        _ => 4,
    };
}
