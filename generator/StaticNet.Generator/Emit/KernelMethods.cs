using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Emit;

/// <summary>The methods of a network's kernels: each with a name of its own, and one method for kernels that are the same.</summary>
internal sealed class KernelMethods(int forcedBits)
{
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _methodOf = new(StringComparer.Ordinal);
    private readonly Dictionary<Kernel, string> _bodies = [];

    /// <summary>Names the kernels and keeps those whose code is not there yet.</summary>
    /// <param name="kernels">The kernels of a plan.</param>
    /// <param name="ending">What is added to the name, and once more until the name is free.</param>
    public IReadOnlyList<Kernel> Add(IEnumerable<Kernel> kernels, string ending)
    {
        var added = new List<Kernel>();
        foreach (var kernel in kernels)
        {
            var writer = new CodeWriter();
            kernel.WriteBody(writer, VectorSyntax.V256);
            var body = writer.ToString().TrimEnd('\n');
            var code = $"{kernel.Method}({string.Join(", ", kernel.Arguments.Select(argument => argument.Declaration))}) {kernel.Has(VectorSyntax.V128)} {kernel.Has(VectorSyntax.V512)}\n{body}";
            if (_methodOf.TryGetValue(code, out var method))
            {
                kernel.Method = method;
                continue;
            }

            while (!_methods.Add(kernel.Method))
                kernel.Method += ending;
            _methodOf[code] = kernel.Method;
            added.Add(kernel);
            _bodies[kernel] = body;
        }

        return added;
    }

    /// <summary>Writes a kernel's method with 256 bits, which hands over to its other forms where those are faster or needed.</summary>
    public void Write(CodeWriter writer, Kernel kernel)
    {
        writer.Comment(kernel.Comment);
        WriteHead(writer, kernel);
        writer.Block("", () =>
        {
            string Forwarded(VectorSyntax v) => CodeWriter.Listed($"{v.Type}Kernels.{kernel.Method}", kernel.Arguments.Select(argument => argument.Forwarded), ";");
            var (has512, has128) = (kernel.Has(VectorSyntax.V512), kernel.Has(VectorSyntax.V128));
            if (forcedBits == 128 && has128)
            {
                writer.Line(Forwarded(VectorSyntax.V128));
                return;
            }

            if (forcedBits == 512 && has512)
            {
                writer.Line(Forwarded(VectorSyntax.V512));
                return;
            }

            if (forcedBits == 0 && (has512 || has128))
            {
                if (has512)
                    WriteHandover(writer, "Vector512.IsHardwareAccelerated", Forwarded(VectorSyntax.V512));
                if (has128)
                    WriteHandover(writer, "!Vector256.IsHardwareAccelerated", Forwarded(VectorSyntax.V128));
                writer.Line();
            }

            writer.Line(_bodies[kernel]);
        });
    }

    /// <summary>Writes the kernels that have a form of another width, as a class of their own.</summary>
    public static void WriteOtherWidth(CodeWriter writer, IEnumerable<Kernel> kernels, VectorSyntax v)
    {
        writer.Block($"private static class {v.Type}Kernels", () => writer.Separated(kernels.Where(kernel => kernel.Has(v)), kernel =>
        {
            writer.Comment(kernel.Comment);
            WriteHead(writer, kernel, "internal");
            writer.Block("", () => kernel.WriteBody(writer, v));
        }));
    }

    private static void WriteHandover(CodeWriter writer, string condition, string call) =>
        writer.Block($"if ({condition})", () => writer.Line(call).Line("return;"));

    private static void WriteHead(CodeWriter writer, Kernel kernel, string access = "private")
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        writer.Line(CodeWriter.Listed($"{access} static void {kernel.Method}", kernel.Arguments.Select(argument => argument.Declaration)));
    }
}
