using System.Xml;
using System.Xml.Linq;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Feeds;

/// <summary>XML as the platform takes it from strangers: no document type, nothing from elsewhere, so deep, so many elements.</summary>
internal static class FeedXml
{
    private const int MaxDepth = 48;
    private const int MaxNodes = 500_000;

    /// <summary>Of one element: each is compared with those before it.</summary>
    private const int MaxAttributes = 256;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = FeedClient.MaxBytes,
        MaxCharactersFromEntities = FeedClient.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The root, or null and why not.</summary>
    public static XElement? Parse(ReadOnlyMemory<byte> body, out string reason, out string detail)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Settings);
            return Read(reader, out reason, out detail);
        }
        catch (XmlException)
        {
            (reason, detail) = (Reasons.NotXml, "not well-formed, or with a document type");
        }
        catch (ArgumentException)
        {
            (reason, detail) = (Reasons.BadEncoding, "an encoding that is not known");
        }

        return null;
    }

    private static XElement? Read(XmlReader reader, out string reason, out string detail)
    {
        (reason, detail) = ("", "");
        XElement? root = null, open = null;
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (reader.Depth > MaxDepth)
                (reason, detail) = (Reasons.TooDeep, $"deeper than {MaxDepth}");
            else if (nodes > MaxNodes)
                (reason, detail) = (Reasons.TooMany, $"more than {MaxNodes} nodes");
            else if (reader.AttributeCount > MaxAttributes)
                (reason, detail) = (Reasons.TooMany, $"more than {MaxAttributes} attributes of one element");
            if (reason.Length > 0)
                return null;
            if (reader.NodeType == XmlNodeType.Element)
            {
                var element = Open(reader, ref nodes);
                open?.Add(element);
                root ??= element;
                if (!reader.IsEmptyElement)
                    open = element;
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                open = open!.Parent;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                open!.Add(new XText(reader.Value));
            }
        }

        return root;
    }

    private static XElement Open(XmlReader reader, ref int nodes)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            nodes++;
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
        }

        reader.MoveToElement();
        return element;
    }
}
