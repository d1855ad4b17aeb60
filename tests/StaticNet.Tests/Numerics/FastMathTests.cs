using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class FastMathTests
{
    private const double SmallestNormal = 1.1754943508222875e-38;

    // A prime number of bit patterns from one sample to the next: about a million floats of all magnitudes and both signs.
    private const uint Stride = 4001;

    /// <summary>One function in all its widths, with its reference.</summary>
    private sealed record Function(
        Func<float, float> Scalar,
        Func<Vector128<float>, Vector128<float>> Vector128,
        Func<Vector256<float>, Vector256<float>> Vector256,
        Func<Vector512<float>, Vector512<float>> Vector512,
        Func<double, double> Reference);

    private static readonly Dictionary<string, Function> Functions = new()
    {
        ["Exp"] = new(FastMath.Exp, FastMath.Exp, FastMath.Exp, FastMath.Exp, Math.Exp),
        ["ExpM1"] = new(FastMath.ExpM1, FastMath.ExpM1, FastMath.ExpM1, FastMath.ExpM1, Reference.ExpM1),
        ["Log"] = new(FastMath.Log, FastMath.Log, FastMath.Log, FastMath.Log, Math.Log),
        ["Softplus"] = new(FastMath.Softplus, FastMath.Softplus, FastMath.Softplus, FastMath.Softplus, Reference.Softplus),
        ["LogSigmoid"] = new(
            FastMath.LogSigmoid, FastMath.LogSigmoid, FastMath.LogSigmoid, FastMath.LogSigmoid, x => -Reference.Softplus(-x)),
        ["Tanh"] = new(FastMath.Tanh, FastMath.Tanh, FastMath.Tanh, FastMath.Tanh, Math.Tanh),
        ["Sigmoid"] = new(FastMath.Sigmoid, FastMath.Sigmoid, FastMath.Sigmoid, FastMath.Sigmoid, Reference.Sigmoid),
        ["Silu"] = new(FastMath.Silu, FastMath.Silu, FastMath.Silu, FastMath.Silu, Reference.Silu),
        ["SiluDerivative"] = new(
            FastMath.SiluDerivative, FastMath.SiluDerivative, FastMath.SiluDerivative, FastMath.SiluDerivative,
            Reference.SiluDerivative),
        ["Erf"] = new(FastMath.Erf, FastMath.Erf, FastMath.Erf, FastMath.Erf, Reference.Erf),
        ["Gelu"] = new(FastMath.Gelu, FastMath.Gelu, FastMath.Gelu, FastMath.Gelu, Reference.Gelu),
        ["GeluDerivative"] = new(
            FastMath.GeluDerivative, FastMath.GeluDerivative, FastMath.GeluDerivative, FastMath.GeluDerivative,
            Reference.GeluDerivative),
        ["GeluTanh"] = new(FastMath.GeluTanh, FastMath.GeluTanh, FastMath.GeluTanh, FastMath.GeluTanh, Reference.GeluTanh),
        ["GeluTanhDerivative"] = new(
            FastMath.GeluTanhDerivative, FastMath.GeluTanhDerivative, FastMath.GeluTanhDerivative, FastMath.GeluTanhDerivative,
            Reference.GeluTanhDerivative),
        ["Sin"] = new(FastMath.Sin, FastMath.Sin, FastMath.Sin, FastMath.Sin, Math.Sin),
        ["Cos"] = new(FastMath.Cos, FastMath.Cos, FastMath.Cos, FastMath.Cos, Math.Cos),
    };

    public static TheoryData<string> Names => new(Functions.Keys);

    // The documentation allows two units more where there is no fused multiply-add.
    private static double Slack => Hardware.IsAccelerated ? 0 : 2;

    [Theory]
    [InlineData("Exp", float.MinValue, 88f, 2)]
    [InlineData("Exp", 88f, float.MaxValue, 5)]
    [InlineData("ExpM1", float.MinValue, float.MaxValue, 2)]
    [InlineData("Log", 0f, float.MaxValue, 1)]
    [InlineData("Softplus", float.MinValue, float.MaxValue, 4)]
    [InlineData("LogSigmoid", float.MinValue, float.MaxValue, 4)]
    [InlineData("Tanh", float.MinValue, float.MaxValue, 5)]
    [InlineData("Sigmoid", float.MinValue, float.MaxValue, 4)]
    [InlineData("Silu", -88.3f, float.MaxValue, 4)]
    [InlineData("Erf", float.MinValue, float.MaxValue, 5)]
    [InlineData("GeluTanh", -1f, float.MaxValue, 3)]
    [InlineData("Sin", float.MinValue, float.MaxValue, 2)]
    [InlineData("Cos", float.MinValue, float.MaxValue, 2)]
    public void The_error_in_ulp_is_within_the_documented_bound(string name, float low, float high, double bound)
    {
        var function = Functions[name];
        var worst = (Error: 0.0, At: 0f);
        Sweep(function, low, high, (x, actual, exact) =>
        {
            if (Math.Abs(exact) >= float.MaxValue + (Reference.Ulp(float.MaxValue) / 2))
                Assert.True(float.IsInfinity(actual), $"{name}({x:R}) = {actual:R} instead of an infinity");
            else if (Math.Abs(exact) < SmallestNormal)
                Assert.True(Math.Abs(actual) <= 2 * SmallestNormal, $"{name}({x:R}) = {actual:R} instead of {exact:R}");
            else
                worst = Worse(worst, Math.Abs(actual - exact) / Reference.Ulp(exact), x);
        });
        Assert.True(worst.Error <= bound + Slack, $"{name}({worst.At:R}) is off by {worst.Error:F3} ULP");
        Assert.True(worst.Error > 0.1, "The sweep has met nothing.");
    }

    [Theory]
    [InlineData("SiluDerivative", 4)]
    [InlineData("GeluDerivative", 4)]
    [InlineData("GeluTanhDerivative", 4)]
    public void The_absolute_error_is_within_the_documented_bound(string name, double bound)
    {
        var worst = (Error: 0.0, At: 0f);
        Sweep(Functions[name], float.MinValue, float.MaxValue, (x, actual, exact) =>
            worst = Worse(worst, Math.Abs(actual - exact) * (1 << 24), x));
        Assert.True(worst.Error <= bound + Slack, $"{name}({worst.At:R}) is off by {worst.Error:F3} · 2^-24");
        Assert.True(worst.Error > 0.1, "The sweep has met nothing.");
    }

    [Theory]
    [InlineData("Gelu", 3)]
    [InlineData("GeluTanh", 2)]
    public void The_error_relative_to_the_input_is_within_the_documented_bound(string name, double bound)
    {
        var worst = (Error: 0.0, At: 0f);
        Sweep(Functions[name], float.MinValue, float.MaxValue, (x, actual, exact) =>
            worst = Worse(worst, Math.Abs(actual - exact) * (1 << 24) / Math.Max(Math.Abs(x), 2 * SmallestNormal), x));
        Assert.True(worst.Error <= bound + Slack, $"{name}({worst.At:R}) is off by {worst.Error:F3} · 2^-24 of its input");
        Assert.True(worst.Error > 0.1, "The sweep has met nothing.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_gives_the_same_bits(string name)
    {
        var function = Functions[name];
        Span<float> x = stackalloc float[16];
        Span<float> actual = stackalloc float[16];
        const ulong Step = Stride;
        for (var bits = 0UL; bits <= uint.MaxValue; bits += Step * 16)
        {
            for (var lane = 0; lane < 16; lane++)
                x[lane] = BitConverter.UInt32BitsToSingle((uint)(bits + (Step * (ulong)lane)));

            var expected = function.Vector256(Vector256.Create<float>(x));
            function.Vector256(Vector256.Create<float>(x[8..])).CopyTo(actual[8..]);
            expected.CopyTo(actual);
            for (var lane = 0; lane < 16; lane += 4)
                AssertSameBits(actual[lane..], function.Vector128(Vector128.Create<float>(x[lane..])));
            for (var lane = 0; lane < 16; lane++)
                AssertSameBits(actual[lane..], Vector128.CreateScalarUnsafe(function.Scalar(x[lane])), 1);
            if (Vector512.IsHardwareAccelerated)
            {
                var wide = function.Vector512(Vector512.Create<float>(x));
                AssertSameBits(actual, wide.GetLower().GetLower());
                AssertSameBits(actual[4..], wide.GetLower().GetUpper());
                AssertSameBits(actual[8..], wide.GetUpper().GetLower());
                AssertSameBits(actual[12..], wide.GetUpper().GetUpper());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_gives_nan_whatever_its_payload(string name)
    {
        foreach (var bits in new[] { 0x7fc00000u, 0xffc00000u, 0x7f800001u, 0x7fffffffu, 0xffc12345u, 0x7fc0007fu })
        {
            var nan = BitConverter.UInt32BitsToSingle(bits);
            Assert.True(float.IsNaN(Functions[name].Scalar(nan)));
            Assert.Equal(Vector256<float>.AllBitsSet, Vector256.IsNaN(Functions[name].Vector256(Vector256.Create(nan))));
            Assert.Equal(Vector512<float>.AllBitsSet, Vector512.IsNaN(Functions[name].Vector512(Vector512.Create(nan))));
        }
    }

    [Theory]
    [InlineData("Exp", 0f, float.PositiveInfinity)]
    [InlineData("ExpM1", -1f, float.PositiveInfinity)]
    [InlineData("Log", float.NaN, float.PositiveInfinity)]
    [InlineData("Softplus", 0f, float.PositiveInfinity)]
    [InlineData("LogSigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("Silu", 0f, float.PositiveInfinity)]
    [InlineData("SiluDerivative", 0f, 1f)]
    [InlineData("Erf", -1f, 1f)]
    [InlineData("Gelu", 0f, float.PositiveInfinity)]
    [InlineData("GeluDerivative", 0f, 1f)]
    [InlineData("GeluTanh", 0f, float.PositiveInfinity)]
    [InlineData("GeluTanhDerivative", 0f, 1f)]
    [InlineData("Sin", float.NaN, float.NaN)]
    [InlineData("Cos", float.NaN, float.NaN)]
    public void Infinities_give_the_limits(string name, float atMinusInfinity, float atInfinity)
    {
        Assert.Equal(atMinusInfinity, Functions[name].Scalar(float.NegativeInfinity));
        Assert.Equal(atInfinity, Functions[name].Scalar(float.PositiveInfinity));
    }

    [Fact]
    public void Exp_overflows_exactly_where_the_exponential_does()
    {
        Assert.True(float.IsFinite(FastMath.Exp(88.72283f)));
        Assert.Equal(float.PositiveInfinity, FastMath.Exp(88.72284f));
        Assert.Equal(1f, FastMath.Exp(0f));
        Assert.Equal(0f, FastMath.Exp(-88f));
    }

    [Theory]
    [InlineData(1000f, 1000f, 0f)]
    [InlineData(-1000f, 0f, -1000f)]
    public void Logarithms_of_sigmoids_are_stable(float x, float softplus, float logSigmoid)
    {
        Assert.Equal(softplus, FastMath.Softplus(x));
        Assert.Equal(logSigmoid, FastMath.LogSigmoid(x));
    }

    [Fact]
    public void The_logarithm_of_zero_and_below_is_minus_infinity_and_nan()
    {
        Assert.Equal(float.NegativeInfinity, FastMath.Log(0f));
        Assert.Equal(float.NegativeInfinity, FastMath.Log(-0f));
        Assert.True(float.IsNaN(FastMath.Log(-1f)));
        Assert.True(float.IsNaN(FastMath.Log(-float.Epsilon)));
        Assert.Equal(0f, FastMath.Log(1f));
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Erf")]
    public void Odd_functions_keep_the_sign_of_zero_and_are_symmetric(string name)
    {
        var function = Functions[name].Scalar;
        Assert.Equal(BitConverter.SingleToUInt32Bits(-0f), BitConverter.SingleToUInt32Bits(function(-0f)));
        Assert.Equal(BitConverter.SingleToUInt32Bits(0f), BitConverter.SingleToUInt32Bits(function(0f)));
        for (var x = 1e-40f; x < 1e38f; x *= 1.37f)
            Assert.Equal(function(x), -function(-x));
    }

    [Theory]
    [InlineData("Tanh", 2f, 8.2f)]
    [InlineData("Erf", 1f, 4f)]
    [InlineData("Sigmoid", 2f, 30f)]
    public void Saturating_functions_never_leave_their_range(string name, float low, float high)
    {
        var function = Functions[name].Vector256;
        var largest = Vector256<float>.Zero;
        var end = BitConverter.SingleToUInt32Bits(high);
        for (var bits = BitConverter.SingleToUInt32Bits(low); bits < end; bits += 8)
            largest = Vector256.Max(largest, function((Vector256.Create(bits) + Vector256<uint>.Indices).AsSingle()));
        for (var lane = 0; lane < 8; lane++)
            Assert.Equal(1f, largest[lane]);
    }

    [Theory]
    [InlineData(0.5f, 1e6f)]
    [InlineData(1e6f, 1e13f)]
    public void Sines_and_cosines_are_right_next_to_their_zeros(float low, float high)
    {
        // The floats beside multiples of π/2, where the reduction of the argument cancels most.
        for (var x = low; x < high; x *= 1.00005f)
        {
            var near = (float)(Math.Round(x * 2 / Math.PI) * Math.PI / 2);
            foreach (var beside in new[] { x, near, MathF.BitDecrement(near), MathF.BitIncrement(near) })
            {
                Assert.True(Math.Abs(FastMath.Sin(beside) - Math.Sin(beside)) <= (2 + Slack) * Reference.Ulp(Math.Max(Math.Abs(Math.Sin(beside)), SmallestNormal)), $"sin {beside:R} = {FastMath.Sin(beside):R} instead of {Math.Sin(beside):R}");
                Assert.True(Math.Abs(FastMath.Cos(beside) - Math.Cos(beside)) <= (2 + Slack) * Reference.Ulp(Math.Max(Math.Abs(Math.Cos(beside)), SmallestNormal)), $"cos {beside:R} = {FastMath.Cos(beside):R} instead of {Math.Cos(beside):R}");
            }
        }
    }

    private static (double Error, float At) Worse((double Error, float At) worst, double error, float x)
    {
        Assert.False(double.IsNaN(error), $"NaN at {x:R}");
        return error > worst.Error ? (error, x) : worst;
    }

    // All finite floats from low to high, every Stride-th bit pattern, and again linearly where functions bend.
    private static void Sweep(Function function, float low, float high, Action<float, float, double> check)
    {
        Span<float> x = stackalloc float[8];
        for (var bits = 0UL; bits <= uint.MaxValue; bits += Stride * 8UL)
        {
            for (var lane = 0; lane < 8; lane++)
                x[lane] = BitConverter.UInt32BitsToSingle((uint)(bits + (Stride * (ulong)lane)));
            Check(function, x, low, high, check);
        }
        for (var n = -200_000; n < 200_000; n += 8)
        {
            for (var lane = 0; lane < 8; lane++)
                x[lane] = (n + lane) * (90f / 200_000f);
            Check(function, x, low, high, check);
        }
    }

    private static void Check(Function function, Span<float> x, float low, float high, Action<float, float, double> check)
    {
        var actual = function.Vector256(Vector256.Create<float>(x));
        for (var lane = 0; lane < 8; lane++)
        {
            if (float.IsFinite(x[lane]) && x[lane] >= low && x[lane] <= high && !(low == 0 && x[lane] == 0))
                check(x[lane], actual[lane], function.Reference(x[lane]));
        }
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, Vector128<float> actual, int lanes = 4)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[lane]) != BitConverter.SingleToUInt32Bits(actual[lane])
                && !(float.IsNaN(expected[lane]) && float.IsNaN(actual[lane])))
            {
                Assert.Fail($"{expected[lane]:R} is not {actual[lane]:R}");
            }
        }
    }
}
