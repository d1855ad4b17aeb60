using System.Globalization;
using System.Text;

namespace StaticNet.Insight;

/// <summary>The parts of a page that need nothing but itself.</summary>
internal sealed class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#8885}
        *{box-sizing:border-box}
        body{font:16px/1.45 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:1240px}
        h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.2rem;margin:1.6rem 0 .6rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:.2rem 0}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:1rem;margin:.8rem 0}
        .grid>figure,.grid>div{margin:0;min-width:0;border:1px solid var(--line);border-radius:6px;padding:.6rem}
        figcaption{font-weight:600;margin-bottom:.3rem}
        svg{width:100%;height:auto;display:block}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem .8rem;margin:.3rem 0 0;padding:0;font-size:.8rem}.legend svg{width:30px;display:inline-block}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
        th,td{padding:.15rem .5rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}th:first-child,td:first-child,.text{text-align:left}
        .finding{border-left:4px solid currentColor;padding:.2rem .8rem;margin:.6rem 0}.finding p{margin:.2rem 0}
        .wrong{display:grid;grid-template-columns:repeat(auto-fill,minmax(120px,1fr));gap:.8rem}.wrong figure{margin:0;font-size:.8rem}.wrong figcaption{font-weight:400}
        td.diagonal{font-weight:700}
        @media print{body{max-width:none;padding:0;font-size:11px}figure,.finding,tr{break-inside:avoid}.grid{grid-template-columns:repeat(3,1fr)}}
        """;

    private readonly StringBuilder _text = new();
    private bool _isInGrid;

    public ReportPage(string title, bool refreshes) => _text.Append(CultureInfo.InvariantCulture, $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">{(refreshes ? "<meta http-equiv=\"refresh\" content=\"10\">" : "")}
        <title>{Svg.Text(title)}</title><style>{Style}</style></head><body>
        <h1>{Svg.Text(title)}</h1>

        """);

    public void Section(string title)
    {
        EndGrid();
        _text.Append(CultureInfo.InvariantCulture, $"<h2>{Svg.Text(title)}</h2>\n");
    }

    public void Paragraph(string text)
    {
        EndGrid();
        _text.Append(CultureInfo.InvariantCulture, $"<p>{Svg.Text(text)}</p>\n");
    }

    public void Finding(Finding finding)
    {
        EndGrid();
        _text.Append(CultureInfo.InvariantCulture, $"<div class=\"finding\"><h3>{Svg.Text(Words(finding.Kind))}</h3><p>{Svg.Text(finding.Evidence)}</p><p>{Svg.Text(finding.Remedy)}</p></div>\n");
    }

    /// <summary>A chart beside others.</summary>
    public void Figure(string caption, string content)
    {
        if (!_isInGrid)
            _text.Append("<div class=\"grid\">\n");
        _isInGrid = true;
        _text.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Svg.Text(caption)}</figcaption>{content}</figure>\n");
    }

    /// <summary>A table whose first line is the head.</summary>
    public void Table(IEnumerable<IReadOnlyList<string>> rows, Func<int, int, bool>? isMarked = null)
    {
        EndGrid();
        _text.Append("<div class=\"scroll\"><table>");
        foreach (var (row, cells) in rows.Index())
        {
            var tag = row == 0 ? "th" : "td";
            _text.Append("<tr>");
            foreach (var (column, cell) in cells.Index())
                _text.Append(CultureInfo.InvariantCulture, $"<{tag}{(isMarked?.Invoke(row, column) == true ? " class=\"diagonal\"" : "")}>{Svg.Text(cell)}</{tag}>");
            _text.Append("</tr>\n");
        }

        _text.Append("</table></div>\n");
    }

    /// <summary>Pictures with captions, as they are.</summary>
    public void Pictures(IEnumerable<(string Picture, string Caption)> pictures)
    {
        EndGrid();
        _text.Append("<div class=\"wrong\">");
        foreach (var (picture, caption) in pictures)
            _text.Append(CultureInfo.InvariantCulture, $"<figure>{picture}<figcaption>{Svg.Text(caption)}</figcaption></figure>\n");
        _text.Append("</div>\n");
    }

    public string End()
    {
        EndGrid();
        return _text.Append("</body></html>\n").ToString();
    }

    /// <summary>The words of a kind: <c>Rate too high</c> of <c>RateTooHigh</c>.</summary>
    private static string Words(FindingKind kind) =>
        string.Concat(kind.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    private void EndGrid()
    {
        if (_isInGrid)
            _text.Append("</div>\n");
        _isInGrid = false;
    }
}
