using System.Text;
using CivicSignals.Ingest.Feeds;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class HostileXmlTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "not-xml" },
        { "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>", "not-xml" },
        { $"<!DOCTYPE l [<!ENTITY a \"ha\">{string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat(i == 1 ? "&a;" : $"&a{i - 1};", 10))}\">"))}]><l>&a9;</l>", "not-xml" },
        { $"{string.Concat(Enumerable.Repeat("<a>", 100_000))}", "too-deep" },
        { $"<r>{string.Concat(Enumerable.Repeat("<a/>", 600_000))}</r>", "too-many" },
        { $"<r {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='' "))}/>", "too-many" },
        { "<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", "not-xml" },
        { "<?xml version=\"1.0\" encoding=\"klingon\"?><a/>", "not-xml" },
        { "<?xml version=\"1.0\" encoding=\"utf-7\"?><a/>", "not-xml" },
        { "<a>&unknown;</a>", "not-xml" },
        { "<a>\u0001</a>", "not-xml" },
        { "<a x='1' x='2'/>", "not-xml" },
        { "<p:a/>", "not-xml" },
        { "<a/><b/>", "not-xml" },
        { "", "not-xml" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Parse_Hostile_IsRefusedWithItsReason(string xml, string reason)
    {
        Assert.Null(FeedXml.Parse(Encoding.UTF8.GetBytes(xml), out var why, out var detail));
        Assert.Equal(reason, why);
        Assert.NotEmpty(detail);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0xFF, 0xFF })]
    [InlineData(new byte[] { (byte)'<', (byte)'a', (byte)'>', 0xC0, 0x80, (byte)'<', (byte)'/', (byte)'a', (byte)'>' })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    public void Parse_WrongBytes_AreRefused(byte[] bytes)
    {
        Assert.Null(FeedXml.Parse(bytes, out var why, out _));
        Assert.Equal("not-xml", why);
    }

    [Fact]
    public void Parse_OtherEncodings_AreRead()
    {
        const string Xml = "<a>Llanfair&amp;é</a>";
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
            Assert.Equal("Llanfair&é", FeedXml.Parse(encoding.GetPreamble().Concat(encoding.GetBytes(Xml)).ToArray(), out _, out _)?.Value);
        Assert.Equal("é", FeedXml.Parse(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>"), out _, out _)?.Value);
    }

    [Fact]
    public void Parse_NamespacesAndTexts_AreKept()
    {
        var root = FeedXml.Parse("<x:a xmlns:x='urn:x' y='1' x:z='2'><!-- c --><?p?><b><![CDATA[<t>]]> u</b></x:a>"u8.ToArray(), out _, out _)!;
        Assert.Equal("{urn:x}a", root.Name.ToString());
        Assert.Equal("1 2", string.Join(' ', root.Attributes().Select(attribute => attribute.Value)));
        Assert.Equal("<t> u", root.Element("b")!.Value);
    }
}
