using System.Globalization;
using DigitsWeb;
using StaticNet;
using StaticNet.Hosting;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
if (!Options.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

// Relative paths begin at the program, wherever it is started from.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
// What keeps the host from starting is said below, in a line.
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{(options.LoadSeconds > 0 ? 0 : options.Port)}"));

// Loaded when the program starts, which stops here if the file is missing or belongs to another network.
builder.Services.AddNetwork<DigitsModel>(options.Weights);
builder.Services.AddHealthChecks().AddNetwork<DigitsModel>();
await using var app = builder.Build();

app.MapGet("/", () => Results.Stream(typeof(DigitsModel).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));
app.MapHealthChecks("/health");
app.MapPost("/digit", IResult (float[] pixels, NetworkService<DigitsModel> digits) =>
{
    if (pixels.Length != DigitsModel.InputLength || pixels.Any(pixel => pixel is not (>= 0 and <= 16)))
        return Results.BadRequest($"Expected {DigitsModel.InputLength} numbers from 0 to 16, the pixels of an image of 8×8.");
    var probabilities = digits.Predict(pixels);
    Scores.Softmax(probabilities, probabilities);
    return Results.Ok(new DigitAnswer(Scores.ArgMax(probabilities), probabilities));
});

try
{
    await app.StartAsync();
}
catch (Exception exception) when (exception is InvalidOperationException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

if (options.LoadSeconds > 0)
    return await LoadTest.RunAsync(app, options);
Console.WriteLine($"Draw a digit at {app.Urls.First()}; stop with Ctrl+C.");
await app.WaitForShutdownAsync();
return 0;
