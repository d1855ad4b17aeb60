using StaticNet.Numerics;
using StaticNet_App;

if (Hardware.Warning is { } warning)
    Console.Error.WriteLine(warning);

var model = new MoonsModel();
Span<float> score = stackalloc float[MoonsModel.OutputLength];
for (var y = 1.3f; y > -0.9f; y -= 0.15f)
{
    for (var x = -1.3f; x < 2.4f; x += 0.07f)
    {
        model.Forward([x, y], score);
        Console.Write(score[0] > 0 ? '#' : '.');
    }

    Console.WriteLine();
}
