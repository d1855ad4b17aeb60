namespace Forecast;

/// <summary>How far forecasts are off: the mean of the absolute error, as a part of what came.</summary>
internal sealed class Error
{
    private double _sum;
    private int _count;

    /// <summary>Adds a forecast.</summary>
    public void Add(float forecast, float actual)
    {
        _sum += Math.Abs(forecast - actual) / actual;
        _count++;
    }

    public override string ToString() => $"{_sum / _count:P2}";
}
