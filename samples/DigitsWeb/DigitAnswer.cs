namespace DigitsWeb;

/// <summary>What the service answers.</summary>
/// <param name="Digit">The most probable digit.</param>
/// <param name="Probabilities">The probability of each digit, 0 to 9.</param>
internal sealed record DigitAnswer(int Digit, float[] Probabilities);
