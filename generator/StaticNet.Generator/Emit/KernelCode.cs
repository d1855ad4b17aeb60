using StaticNet.Generator.Kernels;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>A kernel's arguments and statements, with all their names.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Forms">The statements for each width of vectors.</param>
internal sealed record KernelCode(IReadOnlyList<KernelArgument> Arguments, IReadOnlyDictionary<VectorSyntax, string> Forms);
