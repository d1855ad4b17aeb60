using System.Text;

namespace StaticNet.Generator.Text;

/// <summary>
/// The types that generated code names: each writes itself as one character for private use, in which a file knows the types again when it
/// is complete. It then writes their short names, because people read it, and needs their namespaces alone; a type is named in full where
/// its short name means something else at the user's class. What is not here cannot be written by accident: there is no value to write it.
/// </summary>
internal static class Types
{
    private const char First = '\uE100';

    private const string AttributeEnding = "Attribute";

    private static readonly List<TypeName> Declared = [];

    public static readonly string ArgumentException = Type("System.ArgumentException");
    public static readonly string ArgumentNullException = Type("System.ArgumentNullException");
    public static readonly string ArgumentOutOfRangeException = Type("System.ArgumentOutOfRangeException");
    public static readonly string CLSCompliant = Type("System.CLSCompliantAttribute");
    public static readonly string Math = Type("System.Math");
    public static readonly string MathF = Type("System.MathF");
    public static readonly string ReadOnlySpan = Type("System.ReadOnlySpan");
    public static readonly string Span = Type("System.Span");

    public static readonly string GeneratedCode = Type("System.CodeDom.Compiler.GeneratedCodeAttribute");

    public static readonly string ExcludeFromCodeCoverage = Type("System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute");

    public static readonly string EditorBrowsable = Type("System.ComponentModel.EditorBrowsableAttribute");
    public static readonly string EditorBrowsableState = Type("System.ComponentModel.EditorBrowsableState");

    public static readonly string MethodImpl = Type("System.Runtime.CompilerServices.MethodImplAttribute");
    public static readonly string MethodImplOptions = Type("System.Runtime.CompilerServices.MethodImplOptions");
    public static readonly string Unsafe = Type("System.Runtime.CompilerServices.Unsafe");

    public static readonly string MemoryMarshal = Type("System.Runtime.InteropServices.MemoryMarshal");

    public static readonly string Vector128 = Type("System.Runtime.Intrinsics.Vector128");
    public static readonly string Vector256 = Type("System.Runtime.Intrinsics.Vector256");
    public static readonly string Vector512 = Type("System.Runtime.Intrinsics.Vector512");

    public static readonly string Batch = Type("StaticNet.Batch");
    public static readonly string ICustomLossNetwork = Type("StaticNet.ICustomLossNetwork");
    public static readonly string IInputGradients = Type("StaticNet.IInputGradients");
    public static readonly string ILayerTrace = Type("StaticNet.ILayerTrace");
    public static readonly string INetwork = Type("StaticNet.INetwork");
    public static readonly string IStreamingNetwork = Type("StaticNet.IStreamingNetwork");
    public static readonly string IStepTrace = Type("StaticNet.IStepTrace");
    public static readonly string ITrainableNetwork = Type("StaticNet.ITrainableNetwork");
    public static readonly string Initializer = Type("StaticNet.Initializer");
    public static readonly string LayerDescription = Type("StaticNet.LayerDescription");
    public static readonly string LossDescription = Type("StaticNet.LossDescription");
    public static readonly string LossKind = Type("StaticNet.LossKind");
    public static readonly string NetworkDescription = Type("StaticNet.NetworkDescription");
    public static readonly string NetworkWeights = Type("StaticNet.NetworkWeights");
    public static readonly string ParameterInfo = Type("StaticNet.ParameterInfo");
    public static readonly string ParameterKind = Type("StaticNet.ParameterKind");
    public static readonly string ParameterPacking = Type("StaticNet.ParameterPacking");
    public static readonly string PortDescription = Type("StaticNet.PortDescription");
    public static readonly string Scaler = Type("StaticNet.Data.Scaler");
    public static readonly string ScalerFunction = Type("StaticNet.Data.ScalerFunction");
    public static readonly string Scaling = Type("StaticNet.Scaling");
    public static readonly string StateInfo = Type("StaticNet.StateInfo");
    public static readonly string StateTable = Type("StaticNet.StateTable");
    public static readonly string StepValue = Type("StaticNet.StepValue");
    public static readonly string StreamState = Type("StaticNet.StreamState");
    public static readonly string ValueLayout = Type("StaticNet.ValueLayout");

    public static readonly string AlignedBuffer = Type("StaticNet.Numerics.AlignedBuffer");
    public static readonly string BFloat16Pairs = Type("StaticNet.Numerics.BFloat16Pairs");
    public static readonly string DropoutMask = Type("StaticNet.Numerics.DropoutMask");
    public static readonly string EmbeddedWeights = Type("StaticNet.Numerics.EmbeddedWeights");
    public static readonly string FastMath = Type("StaticNet.Numerics.FastMath");
    public static readonly string GradientParts = Type("StaticNet.Numerics.GradientParts");
    public static readonly string Horizontal = Type("StaticNet.Numerics.Horizontal");
    public static readonly string Interleaving = Type("StaticNet.Numerics.Interleaving");
    public static readonly string NetworkGuard = Type("StaticNet.Numerics.NetworkGuard");
    public static readonly string MatrixProducts = Type("StaticNet.Numerics.MatrixProducts");
    public static readonly string NetworkPreparation = Type("StaticNet.Numerics.NetworkPreparation");
    public static readonly string NormalDeviates = Type("StaticNet.Numerics.NormalDeviates");
    public static readonly string Panels = Type("StaticNet.Numerics.Panels");
    public static readonly string Resampling = Type("StaticNet.Numerics.Resampling");
    public static readonly string VectorWidth = Type("StaticNet.Numerics.VectorWidth");

    public static readonly string StreamRing = Type("StaticNet.Numerics.StreamRing");

    public static readonly string RowCopy = Type("StaticNet.Numerics.RowCopy");
    public static readonly string ScaledForward = Type("StaticNet.Numerics.ScaledForward");
    public static readonly string TargetGuard = Type("StaticNet.Numerics.TargetGuard");
    public static readonly string ThreadCheck = Type("StaticNet.Numerics.ThreadCheck");

    /// <summary>A keyword only where no type has its name.</summary>
    public static readonly string NUInt = Declare(new TypeName("System.UIntPtr", "nuint"));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TypeName> All => Declared;

    /// <summary>The static class of vectors of a width.</summary>
    public static string Vector(int bits) => bits switch
    {
        128 => Vector128,
        256 => Vector256,
        _ => Vector512,
    };

    /// <summary>The characters that a character stands for when all is written.</summary>
    public static int LengthOf(char character) => IsType(character) ? Declared[character - First].Short.Length : 1;

    /// <summary>Writes the types of a text by their names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hidden">The full names of those whose short name means something else.</param>
    /// <param name="namespaces">Takes the namespaces that the short names need.</param>
    public static string Resolve(string text, IReadOnlyCollection<string> hidden, ISet<string> namespaces)
    {
        var names = Declared.Select(type => hidden.Contains(type.FullName) ? "global::" + type.FullName : type.Short).ToArray();
        var isUsed = new bool[names.Length];
        var resolved = new StringBuilder(text.Length + (text.Length / 2));
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsType(text[i]))
                continue;
            resolved.Append(text, copied, i - copied).Append(names[text[i] - First]);
            isUsed[text[i] - First] = true;
            copied = i + 1;
        }

        resolved.Append(text, copied, text.Length - copied);

        // A keyword needs no namespace.
        namespaces.UnionWith(Declared.Where((type, index) => isUsed[index] && names[index] == type.Short && type.Short != Declared[NUInt[0] - First].Short).Select(type => type.Namespace));
        return resolved.ToString();
    }

    private static bool IsType(char character) => character >= First && character < First + Declared.Count;

    private static string Type(string fullName)
    {
        var name = fullName.Substring(fullName.LastIndexOf('.') + 1);
        return Declare(new TypeName(fullName, name.EndsWith(AttributeEnding, StringComparison.Ordinal) ? name.Substring(0, name.Length - AttributeEnding.Length) : name));
    }

    private static string Declare(TypeName type)
    {
        Declared.Add(type);
        return new string((char)(First + Declared.Count - 1), 1);
    }
}
