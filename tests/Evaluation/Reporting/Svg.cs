using System.Text;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>A square diagram from 0 to 1 on both axes.</summary>
internal sealed class Svg
{
    private const double Left = 70, Top = 40, Side = 400, Height = 520;

    private readonly StringBuilder _body = new();
    private readonly double _width;
    private int _legend;

    public Svg(string title, string across, string up)
    {
        _width = Left + Side + 210;
        _body.Append(FormattableString.Invariant($"<rect width=\"{_width}\" height=\"{Height}\" fill=\"#fff\"/>\n"));
        Write(Left, 24, title, "font-size=\"15\" font-weight=\"bold\"");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            var part = tick / 10.0;
            _body.Append(FormattableString.Invariant($"<path d=\"M{X(part):F1} {Top}V{Top + Side}M{Left} {Y(part):F1}H{Left + Side}\" stroke=\"#ddd\"/>\n"));
            Write(X(part), Top + Side + 18, FormattableString.Invariant($"{part:F1}"), "text-anchor=\"middle\"");
            Write(Left - 8, Y(part) + 4, FormattableString.Invariant($"{part:F1}"), "text-anchor=\"end\"");
        }

        _body.Append(FormattableString.Invariant($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#444\"/>\n"));
        Write(Left + (Side / 2), Top + Side + 44, across, "text-anchor=\"middle\"");
        Write(0, 0, up, FormattableString.Invariant($"text-anchor=\"middle\" transform=\"translate(22 {Top + (Side / 2)}) rotate(-90)\""));
    }

    public Svg Line(IEnumerable<(double X, double Y)> points, string colour, string? legend, bool dashed = false)
    {
        var path = string.Join('L', points.Where(p => !double.IsNaN(p.X) && !double.IsNaN(p.Y)).Select(p => FormattableString.Invariant($"{X(p.X):F1} {Y(p.Y):F1}")));
        if (path.Length > 0)
            _body.Append($"<path d=\"M{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{(dashed ? " stroke-dasharray=\"5 4\"" : "")}/>\n");
        return Legend(colour, legend);
    }

    public Svg Dot(double x, double y, double radius, string colour, string? legend = null)
    {
        if (!double.IsNaN(x) && !double.IsNaN(y))
            _body.Append(FormattableString.Invariant($"<circle cx=\"{X(x):F1}\" cy=\"{Y(y):F1}\" r=\"{radius:F1}\" fill=\"{colour}\"/>\n"));
        return Legend(colour, legend);
    }

    public override string ToString() => FormattableString.Invariant(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {_width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n{_body}</svg>\n");

    private static double X(double part) => Left + (Side * part);

    private static double Y(double part) => Top + (Side * (1 - part));

    private Svg Legend(string colour, string? text)
    {
        if (text is null)
            return this;
        var y = Top + 10 + (22 * _legend++);
        _body.Append(FormattableString.Invariant($"<rect x=\"{Left + Side + 16}\" y=\"{y - 6}\" width=\"14\" height=\"6\" fill=\"{colour}\"/>\n"));
        Write(Left + Side + 36, y, text, "");
        return this;
    }

    private void Write(double x, double y, string text, string attributes) =>
        _body.Append(FormattableString.Invariant($"<text x=\"{x:F1}\" y=\"{y:F1}\" {attributes}>")).Append(text).Append("</text>\n");
}
