namespace Forecast;

/// <summary>An hour of a town.</summary>
/// <param name="Number">The hours since the beginning of a year, which is a Monday.</param>
/// <param name="Temperature">Degrees Celsius, of which there are good forecasts.</param>
/// <param name="Demand">The demand for electricity, in megawatts.</param>
internal readonly record struct Hour(int Number, float Temperature, float Demand)
{
    /// <summary>The numbers that the network gets for an hour.</summary>
    public const int Features = Forecaster.StepInputLength;

    /// <summary>Whether it is one of a Saturday or a Sunday.</summary>
    public bool IsOfWeekend => Number / 24 % 7 >= 5;

    /// <summary>Writes what is known of the hour before it comes.</summary>
    /// <param name="before">The demand of the hour before it: what was measured or, of an hour that is itself in the future, what was forecast.</param>
    /// <param name="features">Where to write.</param>
    public void Write(float before, Span<float> features)
    {
        var (day, year) = (2 * MathF.PI * (Number % 24) / 24, 2 * MathF.PI * Number / 24 / 365);
        features[0] = before;
        features[1] = Temperature;
        features[2] = MathF.Sin(day);
        features[3] = MathF.Cos(day);
        features[4] = IsOfWeekend ? 1 : 0;
        features[5] = MathF.Sin(year);
        features[6] = MathF.Cos(year);
    }
}
