using System.Diagnostics;
using System.Globalization;
using EmbeddedModel;
using StaticNet;
using StaticNet.Numerics;

var firstLine = Stopwatch.GetTimestamp();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Network and weights are in the executable.
var model = new DigitsModel();

// Twenty real digits: 64 pixels from 0 to 16 and the label each, one byte a number.
var digits = Resource("digits.bytes");
const int row = DigitsModel.InputLength + 1;

Span<float> pixels = stackalloc float[DigitsModel.InputLength];
Span<float> scores = stackalloc float[DigitsModel.OutputLength];
var (right, count) = (0, digits.Length / row);
var sinceFirstLine = TimeSpan.Zero;
for (var digit = 0; digit < count; digit++)
{
    for (var pixel = 0; pixel < pixels.Length; pixel++)
        pixels[pixel] = digits[(digit * row) + pixel];

    // Predict scales the pixels as in training; the scaling is stored with the weights.
    model.Predict(pixels, scores);
    if (digit == 0)
        sinceFirstLine = Stopwatch.GetElapsedTime(firstLine);

    var best = scores.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(scores));
    var label = digits[(digit * row) + DigitsModel.InputLength];
    right += best == label ? 1 : 0;
    Console.WriteLine($"digit {digit + 1,2}: recognised {best}, is {label}{(best == label ? "" : "  WRONG")}");
}

Console.WriteLine($"{right} of {count} right. First result {sinceFirstLine.TotalMilliseconds:F1} ms after the first line of Main.");
Console.WriteLine($"Instructions: {Hardware.Description}");
if (Hardware.Warning is { } warning)
    Console.WriteLine(warning);
return right == count ? 0 : 1;

static byte[] Resource(string name)
{
    using var stream = typeof(DigitsModel).Assembly.GetManifestResourceStream(name)!;
    var bytes = new byte[stream.Length];
    stream.ReadExactly(bytes);
    return bytes;
}
