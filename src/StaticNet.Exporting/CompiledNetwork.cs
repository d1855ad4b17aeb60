using System.Reflection;
using System.Runtime.Loader;
using StaticNet.Serialization;

namespace StaticNet.Exporting;

/// <summary>
/// A network that runs, of a class that this program was not compiled with: one that <see cref="NetworkCompiler"/> has compiled, or one of an
/// assembly. Not to be used by several threads at once.
/// </summary>
public abstract class CompiledNetwork
{
    /// <summary>What it consists of.</summary>
    public abstract NetworkDescription Description { get; }

    /// <summary>Loads an assembly, and makes the network of a class in it.</summary>
    /// <param name="path">The assembly (<c>.dll</c>), with those that it refers to next to it.</param>
    /// <param name="network">The class, as <see cref="NetworkReader"/> has read it from there.</param>
    /// <returns>The network with random parameters, which <see cref="Load(StateDict)"/> replaces.</returns>
    /// <exception cref="ExportException">The assembly has no such class, a class that another version of StaticNet has written, or one that
    /// needs what is not there.</exception>
    /// <exception cref="IOException">The assembly cannot be read.</exception>
    public static CompiledNetwork Load(string path, DeclaredNetwork network)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            return Of(new NetworkAssemblies(Path.GetFullPath(path)).LoadFromAssemblyPath(Path.GetFullPath(path)), network.ClassName);
        }
        catch (Exception e) when (e is TypeLoadException or MissingMemberException or BadImageFormatException or FileNotFoundException or FileLoadException)
        {
            throw new ExportException($"{network.FullName} of {path} does not load into this program: {e.Message}");
        }
    }

    /// <summary>Replaces the parameters: all of them or, on an error, none.</summary>
    /// <param name="weights">The parameters by their names, as files of weights have them.</param>
    /// <exception cref="ExportException">Parameters are missing, unknown, or of another shape; all are named.</exception>
    public abstract void Load(StateDict weights);

    /// <summary>Computes the outputs of a sample.</summary>
    /// <param name="input">The floats of all inputs.</param>
    /// <param name="output">The floats of all outputs, written.</param>
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>The network of a class.</summary>
    internal static CompiledNetwork Of(Assembly assembly, string name)
    {
        var type = assembly.GetType(name) is { } found && found.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INetwork<>))
            ? found
            : throw new ExportException($"Expected the generated code of {name} in {assembly.GetName().Name}, written for this version of StaticNet. Build the project again.");
        return (CompiledNetwork)typeof(CompiledNetwork).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    private static Compiled<TNetwork> Create<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => new(TNetwork.Create(1));

    private sealed class Compiled<TNetwork>(TNetwork network) : CompiledNetwork
        where TNetwork : class, INetwork<TNetwork>
    {
        public override NetworkDescription Description => TNetwork.Description;

        public override void Load(StateDict weights)
        {
            try
            {
                network.LoadStateDict(weights);
            }
            catch (ArgumentException e)
            {
                // The message without the parameter of the method, which is ours.
                throw new ExportException(e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
            }
        }

        public override void Forward(ReadOnlySpan<float> input, Span<float> output) => network.Forward(input, output);
    }

    /// <summary>An assembly with those that it refers to; StaticNet is that of this program.</summary>
    private sealed class NetworkAssemblies(string path) : AssemblyLoadContext(Path.GetFileName(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name != typeof(INetwork<>).Assembly.GetName().Name && _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
