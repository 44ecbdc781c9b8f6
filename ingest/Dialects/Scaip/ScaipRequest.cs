using System.Globalization;
using System.Xml;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>
/// The XML body of a telecare unit's message: within <c>mrq</c> (some units: <c>scaip</c>) one element each for its reference <c>ref</c>, the
/// unit <c>cid</c>, its device <c>did</c> of type <c>dty</c>, the status <c>stc</c> and the kind of message <c>mty</c>. Texts, rooms and voice
/// addresses are passed over.
/// </summary>
internal sealed class ScaipRequest
{
    /// <summary>A longer body is refused, bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxDepth = 8;
    private const int MaxLength = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly Dictionary<string, string> _tags = [];

    private ScaipRequest(ScaipAnswer answer, string reason, string detail) => (Answer, Reason, Detail) = (answer, reason, detail);

    private ScaipRequest()
    {
    }

    /// <summary>What to answer, as far as the body tells.</summary>
    public ScaipAnswer Answer { get; private set; }

    /// <summary>Why it is refused, one of <see cref="Reasons"/>; null: it is not.</summary>
    public string? Reason { get; private set; }

    /// <summary>What exactly is wrong.</summary>
    public string? Detail { get; private set; }

    /// <summary>The message's own name, which the answer repeats; may be empty.</summary>
    public string Reference => Tag("ref");

    /// <summary>The home unit.</summary>
    public string Unit => Tag("cid");

    /// <summary>Which of its devices; may be empty.</summary>
    public string Device => Tag("did");

    /// <summary><c>ME</c>, <c>RE</c> (a reset), <c>IN</c> or <c>PI</c> (a heartbeat).</summary>
    public string MessageType => Tag("mty") is { Length: > 0 } type ? type : "ME";

    /// <summary>Its device's type, or null.</summary>
    public int? DeviceType { get; private set; }

    /// <summary>Its status, or null.</summary>
    public int? Status { get; private set; }

    /// <summary>Reads a body; what is wrong with it is in the answer.</summary>
    public static ScaipRequest Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
            return new ScaipRequest(ScaipAnswer.TooLong, Reasons.TooLarge, $"more than {MaxBytes} bytes");
        var request = new ScaipRequest();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Settings);
            request.Read(reader);
        }
        catch (XmlException)
        {
            request.Refuse(ScaipAnswer.InvalidFormat, Reasons.NotXml, "not well-formed, or with a document type");
        }

        return request;
    }

    private void Read(XmlReader reader)
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName is not ("mrq" or "scaip"))
        {
            Refuse(ScaipAnswer.InvalidFormat, Reasons.BadShape, "the root is neither mrq nor scaip");
            return;
        }

        string? tag = null;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                Refuse(ScaipAnswer.InvalidFormat, Reasons.TooDeep, $"deeper than {MaxDepth}");
                return;
            }

            if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
                tag = reader.LocalName;
            else if (reader is { NodeType: XmlNodeType.Text or XmlNodeType.CDATA, Depth: 2 } && tag is not null)
                _tags.TryAdd(tag, reader.Value.Trim());
        }

        Check();
    }

    private void Check()
    {
        if (Reference.Length == 0 || Unit.Length == 0 || (Tag("dty").Length == 0 && MessageType != "PI"))
            Refuse(ScaipAnswer.MandatoryTagMissing, Reasons.BadShape, "ref, cid or dty is missing");
        else if (Reference.Length > MaxLength || Unit.Length > MaxLength || Device.Length > MaxLength)
            Refuse(ScaipAnswer.WrongData, Reasons.BadShape, "ref, cid or did is too long");
        else if ((Unit + Device).Any(char.IsControl))
            Refuse(ScaipAnswer.WrongData, Reasons.BadShape, "cid or did holds control characters");
        else if (MessageType is not ("ME" or "RE" or "IN" or "PI"))
            Refuse(ScaipAnswer.WrongData, Reasons.BadShape, "mty is none of ME, RE, IN, PI");
        else if (!TryCode("dty", out var type) || !TryCode("stc", out var status))
            Refuse(ScaipAnswer.WrongData, Reasons.BadShape, "dty or stc is no number");
        else
            (DeviceType, Status) = (type, status);
    }

    /// <summary>Units pad their codes as they like.</summary>
    private bool TryCode(string tag, out int? code)
    {
        var known = int.TryParse(Tag(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        code = known ? number : null;
        return known || Tag(tag).Length == 0;
    }

    private string Tag(string name) => _tags.GetValueOrDefault(name, "");

    private void Refuse(ScaipAnswer answer, string reason, string detail) => (Answer, Reason, Detail) = (answer, reason, detail);
}
