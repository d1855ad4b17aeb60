using System.Text;
using StaticNet.Generator.Kernels;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>The methods of a network's kernels: each with a name of its own, and one method for kernels that are the same.</summary>
/// <param name="widths">The widths of vectors that are written.</param>
/// <param name="budget">The lines that all may take.</param>
/// <param name="members">The names of the class's members.</param>
internal sealed class KernelMethods(VectorWidths widths, CodeBudget budget, NameScope members)
{
    /// <summary>All widths of vectors, narrowest first.</summary>
    public static readonly VectorSyntax[] Widths = [VectorSyntax.V128, VectorSyntax.V256, VectorSyntax.V512];

    public static readonly string Optimised = $"[{Types.MethodImpl}({Types.MethodImplOptions}.AggressiveOptimization)]";

    private readonly Dictionary<string, Kernel> _kernelOf = new(StringComparer.Ordinal);
    private readonly Dictionary<Kernel, List<string>> _sharedBy = [];
    private readonly Dictionary<Kernel, KernelCode> _codes = [];

    /// <summary>Names the kernels and keeps those whose code is not there yet.</summary>
    /// <param name="kernels">The kernels of a plan.</param>
    /// <param name="ending">What is added to a name that is taken.</param>
    /// <exception cref="CodeTooLongException">All kernels take more lines than a network may have.</exception>
    public IReadOnlyList<Kernel> Add(IEnumerable<Kernel> kernels, string ending)
    {
        var added = new List<Kernel>();
        foreach (var kernel in kernels)
        {
            // Kernels that are the same with one width may differ with another.
            var lines = 0;
            var bodies = FormsOf(kernel).ToDictionary(v => v, v =>
            {
                var body = BodyOf(kernel, v, lines);
                lines += body.Lines;
                return body.Text;
            });
            var code = Canonical(kernel, bodies.Values);
            if (_kernelOf.TryGetValue(code, out var same))
            {
                kernel.Method = same.Method;
                if (same.Group.Head.Layer != kernel.Group.Head.Layer && !_sharedBy[same].Contains(kernel.Group.Head.Layer))
                    _sharedBy[same].Add(kernel.Group.Head.Layer);
                continue;
            }

            budget.Take(kernel.Group.Head.Layer, lines);
            kernel.Method = members.Add(kernel.Method, ending);
            _kernelOf[code] = kernel;
            _sharedBy[kernel] = [];
            added.Add(kernel);
            _codes[kernel] = Named(kernel, bodies);
        }

        return added;
    }

    /// <summary>The forms of a kernel that are written, narrowest first: 256 bits, which every kernel has, for a width that it has no form of.</summary>
    private VectorSyntax[] FormsOf(Kernel kernel)
    {
        var wanted = Widths.Where(v => widths.HasFlag((VectorWidths)v.Bits)).Select(v => kernel.Has(v) ? v : VectorSyntax.V256).ToArray();
        return [.. Widths.Where(wanted.Contains)];
    }

    /// <summary>The form that a kernel's method itself contains: 256 bits where they are written, or else the narrowest.</summary>
    private VectorSyntax MainOf(Kernel kernel) => _codes[kernel].Forms.ContainsKey(VectorSyntax.V256) ? VectorSyntax.V256 : FormsOf(kernel)[0];

    /// <summary>Whether a kernel has a form of a width beside the one in its method.</summary>
    public bool HasOther(Kernel kernel, VectorSyntax v) => _codes[kernel].Forms.ContainsKey(v) && MainOf(kernel) != v;

    /// <summary>A kernel's statements with vectors of one width, after that many lines for other widths.</summary>
    private (string Text, int Lines) BodyOf(Kernel kernel, VectorSyntax v, int linesBefore)
    {
        var writer = new CodeWriter(budget.Left - linesBefore);
        try
        {
            kernel.WriteBody(writer, v);
        }
        catch (CodeTooLongException)
        {
            budget.Take(kernel.Group.Head.Layer, linesBefore + writer.Lines);
            throw;
        }

        return (writer.ToString().TrimEnd('\n'), writer.Lines);
    }

    /// <summary>
    /// A kernel's code with the names that are still to be given by their number: kernels of layers with the same shapes are the same, whatever
    /// their names are made of.
    /// </summary>
    private static string Canonical(Kernel kernel, IEnumerable<string> bodies)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var argument in kernel.Arguments)
            numbers[argument.Name] = numbers.Count;
        var code = new StringBuilder();
        foreach (var body in bodies)
            Holes.AppendNumbered(code.Append('\n'), body, numbers);
        return $"{kernel.GetType().Name}({string.Join(", ", kernel.Arguments.Select(argument => argument.Kind))})\n{code}";
    }

    /// <summary>The arguments and the forms of a kernel with their names.</summary>
    private static KernelCode Named(Kernel kernel, Dictionary<VectorSyntax, string> bodies)
    {
        var texts = Holes.Fill([string.Join(", ", kernel.Arguments.Select(argument => argument.Name)), .. bodies.Values]);
        var arguments = kernel.Arguments.Zip(texts[0].Split([", "], StringSplitOptions.None), (argument, name) => argument with { Name = name });
        return new KernelCode([.. arguments], bodies.Keys.Zip(texts.Skip(1), (v, text) => (v, text)).ToDictionary(pair => pair.v, pair => pair.text));
    }

    private string CommentOf(Kernel kernel) =>
        _sharedBy[kernel].Count == 0 ? kernel.Comment : $"{kernel.Comment} Also {string.Join(", ", _sharedBy[kernel])}: the same shapes.";

    /// <summary>Writes a kernel's method, which hands over to its other forms where those are faster or needed.</summary>
    public void Write(CodeWriter writer, Kernel kernel)
    {
        writer.Comment(CommentOf(kernel));
        writer.Member(Optimised).Line(Declaration(kernel, "private"));
        writer.Block("", () =>
        {
            string Forwarded(VectorSyntax v) => CodeWriter.Listed($"{v.Name}Kernels.{kernel.Method}", _codes[kernel].Arguments.Select(argument => argument.Forwarded), ";");
            var (has512, has128) = (HasOther(kernel, VectorSyntax.V512), HasOther(kernel, VectorSyntax.V128));
            if (has512)
                WriteHandover(writer, $"{Types.VectorWidth}.Is512", Forwarded(VectorSyntax.V512));
            if (has128)
                WriteHandover(writer, $"!{Types.Vector256}.IsHardwareAccelerated", Forwarded(VectorSyntax.V128));
            if (has512 || has128)
                writer.Line();
            writer.Line(_codes[kernel].Forms[MainOf(kernel)]);
        });
    }

    /// <summary>Writes the forms of another width, as a class of their own.</summary>
    public void WriteOtherWidth(CodeWriter writer, IEnumerable<Kernel> kernels, VectorSyntax v)
    {
        writer.Member($"private static class {v.Name}Kernels", () => writer.Separated(kernels, kernel =>
        {
            writer.Comment(CommentOf(kernel));
            writer.Line(Optimised).Line(Declaration(kernel, "internal"));
            writer.Block("", () => writer.Line(_codes[kernel].Forms[v]));
        }));
    }

    private static void WriteHandover(CodeWriter writer, string condition, string call) =>
        writer.Block($"if ({condition})", () => writer.Line(call).Line("return;"));

    private string Declaration(Kernel kernel, string access) =>
        CodeWriter.Listed($"{access} static void {kernel.Method}", _codes[kernel].Arguments.Select(argument => argument.Declaration));
}
