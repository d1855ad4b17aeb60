namespace Forecast;

/// <summary>
/// A town's demand for electricity, made up: people rise, work and cook; houses are heated and cooled, and follow the weather with a delay; and what is
/// different today is still so in an hour.
/// </summary>
internal static class Town
{
    /// <summary>Hours of years.</summary>
    /// <param name="years">How many.</param>
    /// <param name="seed">Chooses the weather and what happens.</param>
    public static Hour[] Make(int years, int seed)
    {
        var random = new Random(seed);
        var hours = new Hour[years * 365 * 24];
        var (weather, walls, customer, noise) = (0.0, 10.0, 0.0, 0.0);
        for (var number = 0; number < hours.Length; number++)
        {
            var (hour, isOfWeekend) = (number % 24, number / 24 % 7 >= 5);
            weather = (0.99 * weather) + Normal(random, 0.6);
            var temperature = 10 - (11 * Math.Cos(2 * Math.PI * number / 24 / 365)) - (4 * Math.Cos(2 * Math.PI * (hour - 3) / 24)) + weather;
            walls += (temperature - walls) / 12;
            // A big customer is on or off for hours.
            customer = random.Next(60) == 0 ? 90 * random.NextDouble() : customer * (random.Next(12) == 0 ? 0 : 1);
            noise = (0.7 * noise) + Normal(random, 8);
            var people = isOfWeekend
                ? Peak(hour, 11, 4, 180) + Peak(hour, 19, 3, 220)
                : Peak(hour, 8, 2, 240) + Peak(hour, 13, 4, 260) + Peak(hour, 19, 2.5, 320);
            var demand = 600 + people + (16 * Math.Max(0, 16 - walls)) + (22 * Math.Max(0, walls - 20)) + customer + noise;
            hours[number] = new Hour(number, (float)temperature, (float)demand);
        }

        return hours;
    }

    private static double Peak(int hour, double at, double width, double height)
    {
        var distance = Math.Abs(hour - at);
        distance = Math.Min(distance, 24 - distance);
        return height * Math.Exp(-0.5 * distance * distance / (width * width));
    }

    private static double Normal(Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
