namespace StaticNet.Optimizers;

/// <summary>Names with <c>*</c> for any characters or none.</summary>
internal static class NamePattern
{
    /// <summary>Whether a pattern fits a parameter's full name or that of its layer.</summary>
    public static bool Fits(string pattern, ParameterInfo parameter) => Fits(pattern, parameter.Name) || Fits(pattern, parameter.Layer);

    /// <summary>Whether a pattern fits a name.</summary>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        // Where a star's text ends is tried from short to long; a later star makes the choices of earlier ones final.
        var (p, n) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                afterStar = ++p;
                retry = n;
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (afterStar >= 0)
            {
                p = afterStar;
                n = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>The parameters that a pattern fits.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parameters">The parameters to choose from.</param>
    /// <param name="name">The argument that the pattern came with.</param>
    /// <returns>Their indices.</returns>
    /// <exception cref="ArgumentException">It fits none; the message lists the names.</exception>
    public static int[] Require(string pattern, IReadOnlyList<ParameterInfo> parameters, string name)
    {
        var fitting = Enumerable.Range(0, parameters.Count).Where(index => Fits(pattern, parameters[index])).ToArray();
        return fitting.Length > 0
            ? fitting
            : throw new ArgumentException(
                $"Expected a pattern of trainable parameters' names; '{pattern}' fits none of {string.Join(", ", parameters.Select(parameter => parameter.Name))}.",
                name);
    }
}
