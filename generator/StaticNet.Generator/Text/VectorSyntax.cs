namespace StaticNet.Generator.Text;

/// <summary>How vectors of one width are written in C#.</summary>
internal sealed record VectorSyntax(int Bits)
{
    public static readonly VectorSyntax V128 = new(128);
    public static readonly VectorSyntax V256 = new(256);
    public static readonly VectorSyntax V512 = new(512);

    /// <summary>The floats of a vector.</summary>
    public int Lanes => Bits / 32;

    /// <summary>The vectors of a panel.</summary>
    public int PerPanel => Vocabulary.Lanes.Panel / Lanes;

    /// <summary>The static class: <c>Vector256</c>.</summary>
    public string Type => Types.Vector(Bits);

    /// <summary>Its name, for what is called after it.</summary>
    public string Name => $"Vector{Bits}";

    public string Zero => $"{Type}<float>.Zero";

    public string One => $"{Type}<float>.One";

    public string Broadcast(string scalar) => $"{Type}.Create({scalar})";

    public string Constant(float value) => value switch
    {
        0 => Zero,
        1 => One,
        _ => $"{Type}.Create({Literal.Of(value)})",
    };

    public string Load(string reference, string offset) => $"{Type}.LoadUnsafe({Place(reference, offset)})";

    /// <summary>
    /// The statement that stores an expression. Like all of a vector's methods it is called as the static one that it is: as an
    /// extension, one of that name in the user's namespace would be taken in its place.
    /// </summary>
    public string Store(string value, string reference, string offset) => Store(value, Place(reference, offset));

    /// <summary>The statement that stores an expression at a place, as <see cref="Place"/> writes it.</summary>
    public string Store(string value, string place) => $"{Type}.StoreUnsafe({value}, {place});";

    /// <summary>A mask of whole numbers as one of floats.</summary>
    public string AsSingle(string mask) => $"{Type}.AsSingle({mask})";

    /// <summary>A place in memory, as loads and stores take it.</summary>
    public static string Place(string reference, string offset) => offset == "0" ? $"ref {reference}" : $"ref {reference}, {offset}";

    /// <summary>The reference that many floats after another.</summary>
    public static string At(string reference, string place) => place == "0" ? reference : $"{Types.Unsafe}.Add(ref {reference}, {place})";

    /// <summary>a·b + c.</summary>
    public string MultiplyAdd(string a, string b, string c) => $"{Type}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>The larger one, in one instruction; a NaN in <paramref name="x"/> passes, because the second operand does.</summary>
    public string Max(string x, string bound) => $"{Type}.MaxNative({bound}, {x})";

    /// <summary>The larger one; a NaN in either passes.</summary>
    public string Maximum(string a, string b) => $"{Type}.Max({a}, {b})";

    /// <summary>The smaller one, in one instruction; a NaN in <paramref name="x"/> passes, because the second operand does.</summary>
    public string Min(string x, string bound) => $"{Type}.MinNative({bound}, {x})";

    /// <summary>The smaller one; a NaN in either passes.</summary>
    public string Minimum(string a, string b) => $"{Type}.Min({a}, {b})";

    public string Greater(string a, string b) => $"{Type}.GreaterThan({a}, {b})";

    public string GreaterOrEqual(string a, string b) => $"{Type}.GreaterThanOrEqual({a}, {b})";

    public string Less(string a, string b) => $"{Type}.LessThan({a}, {b})";

    public string LessOrEqual(string a, string b) => $"{Type}.LessThanOrEqual({a}, {b})";

    public string Select(string condition, string then, string otherwise) => $"{Type}.ConditionalSelect({condition}, {then}, {otherwise})";

    public static string Call(string function, params string[] arguments) => $"{Types.FastMath}.{function}({string.Join(", ", arguments)})";
}
