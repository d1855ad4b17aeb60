using StaticNet.Generator.Kernels;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the files of one network.</summary>
internal static class NetworkEmitter
{
    /// <summary>Plans a network and writes its files, one after the other as they are asked for.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="budget">The lines that they may take.</param>
    /// <exception cref="CodeTooLongException">They take more.</exception>
    /// <exception cref="NetworkTooLargeException">It has more parameters or activations.</exception>
    public static NetworkCode Emit(NetworkSpec spec, CodeBudget budget)
    {
        var plan = new NetworkPlan(spec);
        var parameters = plan.Parameters.Parameters.Select(parameter => new ParameterShape(
            parameter.FullName, parameter.Shape, parameter.Role, parameter.Packing, plan.Parameters.OffsetOf(parameter), parameter.PackedLength,
            parameter.PackedChannels, parameter.Connections.Groups, parameter.Gates, parameter.Connections.Table));
        return new NetworkCode(FilesOf(spec, plan, budget), parameters.ToEquatableArray());
    }

    private static IEnumerable<GeneratedFile> FilesOf(NetworkSpec spec, NetworkPlan plan, CodeBudget budget)
    {
        var kernels = new NetworkKernels(plan);
        var ports = new Ports(plan.Graph);
        var members = new NameScope([.. GeneratedMembers.Of(spec), .. plan.Program.Parameters.Select(parameter => Names.Pascal(parameter.CodeName))]);
        var methods = new KernelMethods(spec.VectorWidths, budget, members);
        Kernel[] forward =
        [
            .. methods.Add(kernels.Prepared.Select(prepared => prepared.Kernel), ""),
            .. methods.Add(kernels.One, "One"),
            .. methods.Add(kernels.Block, "Block"),
            .. methods.Add(kernels.Many, "Batch"),
        ];
        var backward = kernels.Training is { } training
            ? methods.Add(training.Preparations.Concat(training.Step), "Training")
            : [];

        var lengths = new SampleLength();
        GeneratedFile File(string part, Action<CodeWriter> body, string? head = null) =>
            new($"{spec.Target.HintName}{part}.g.cs", ClassFile.Write(spec.Target, body, head, plan, ports, lengths, isKernels: part is not ("" or ".Layout")));

        yield return File("", writer => SurfaceWriter.Write(writer, plan, ports), SurfaceWriter.Interfaces(plan));
        yield return File(".Forward", writer => ForwardWriter.Write(writer, kernels, ports, methods, forward));
        if (kernels.Training is not null)
            yield return File(".Backward", writer => BackwardWriter.Write(writer, kernels, ports, methods, backward));

        foreach (var v in KernelMethods.Widths)
        {
            var others = forward.Concat(backward).Where(kernel => methods.HasOther(kernel, v)).ToArray();
            if (others.Length > 0)
                yield return File("." + v.Name, writer => methods.WriteOtherWidth(writer, others, v));
        }

        // The others use constants of this one, and say which.
        yield return File(".Layout", writer => LayoutWriter.Write(writer, plan, lengths));
    }
}
