namespace StaticNet.Data;

/// <summary>How scalers follow from the statistics of their features.</summary>
internal static class ScalerFit
{
    private delegate (double Shift, double Scale) Fit(in FeatureStatistics feature);

    public static Scaler Standard(FeatureStatistics[] features, int width) =>
        Make(features, width, ScalerFunction.Linear, Standard);

    public static Scaler Arctangent(FeatureStatistics[] features, int width) =>
        Make(features, width, ScalerFunction.Arctangent, Standard);

    public static Scaler Logarithm(FeatureStatistics[] features, int width) => Make(
        features,
        width,
        ScalerFunction.Logarithm,
        static (in FeatureStatistics feature) =>
            (feature.Minimum, Math.Log(1 + ((double)feature.Maximum - feature.Minimum))));

    public static Scaler Exponential(FeatureStatistics[] features, int width) => Make(
        features,
        width,
        ScalerFunction.Exponential,
        static (in FeatureStatistics feature) => (feature.Minimum, feature.IsConstant ? 0 : feature.Mean - feature.Minimum));

    public static Scaler MinMax(FeatureStatistics[] features, int width, float lower, float upper) => Make(
        features,
        width,
        ScalerFunction.Linear,
        (in FeatureStatistics feature) =>
        {
            var scale = (float)(((double)feature.Maximum - feature.Minimum) / ((double)upper - lower));
            return (feature.Minimum - ((double)lower * (scale == 0 ? 1f : scale)), scale);
        });

    /// <summary>Checks where smallest and largest values are to go.</summary>
    public static void RequireRange(float lower, float upper)
    {
        if (!float.IsFinite(lower) || !float.IsFinite(upper) || !(lower < upper))
            throw new ArgumentException(
                $"Expected a finite range with its lower end under the upper, but got {lower} to {upper}.", nameof(upper));
    }

    private static (double Shift, double Scale) Standard(in FeatureStatistics feature) =>
        (feature.Mean, feature.IsConstant ? 0 : feature.Deviation);

    /// <summary>Makes a scaler; a feature whose scale is 0 gets 1.</summary>
    private static Scaler Make(FeatureStatistics[] features, int width, ScalerFunction function, Fit fit)
    {
        var shifts = new float[features.Length];
        var scales = new float[features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var (shift, scale) = fit(features[i]);
            shifts[i] = (float)shift;
            scales[i] = (float)scale == 0 ? 1f : (float)scale;
        }
        return new Scaler(shifts, scales, function, width);
    }
}
