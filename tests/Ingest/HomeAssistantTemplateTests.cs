using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects.HomeAssistant.Templates;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Tests.Ingest;

public sealed class HomeAssistantTemplateTests
{
    [Theory]
    [InlineData("{{ value_json.smoke }}", """{"smoke":true}""", "True")]
    [InlineData("{{ value_json.smoke }}", """{"smoke":"ON","a":1}""", "ON")]
    [InlineData("{{value_json.a.b}}", """{"x":{"b":1},"a":{"c":0,"b":2}}""", "2")]
    [InlineData("{{ value_json['a b']['c'] }}", """{"a b":{"c":"x"}}""", "x")]
    [InlineData("{{ value_json[\"a\"].b }}", """{"a":{"b":null}}""", "None")]
    [InlineData("{{ value_json.get('a') }}", """{"a":"\u00e9"}""", "é")]
    [InlineData("{{ value_json.get('a') }}", "{}", "None")]
    [InlineData("{{ value_json.get('a', 'OFF') }}", "{}", "OFF")]
    [InlineData("{{ value_json.a.get('b', false) }}", """{"a":{"b":true}}""", "True")]
    [InlineData("{{ value }}", "on", "on")]
    [InlineData("{{ value | upper }}", "on", "ON")]
    [InlineData("{{ value_json.a | lower }}", """{"a":"ÉON"}""", "Éon")]
    [InlineData("{{ value_json.a | upper }}", """{"a":true}""", "TRUE")]
    [InlineData("{{ value | int }}", "5.9", "5")]
    [InlineData("{{ value | int(0) }}", "x", "0")]
    [InlineData("{{ value_json.a | float }}", """{"a":5}""", "5.0")]
    [InlineData("{{ value_json.a | float | round(1) }}", """{"a":"21.46"}""", "21.5")]
    [InlineData("{{ value_json.a | round }}", """{"a":2.5}""", "2")]
    [InlineData("{{ value_json.a | bool }}", """{"a":"Yes"}""", "True")]
    [InlineData("{{ value_json.a | is_defined }}", """{"a":1}""", "1")]
    [InlineData("{{ 'ON' if value_json.a else 'OFF' }}", """{"a":0}""", "OFF")]
    [InlineData("{{ 'ON' if value_json.a == 'open' else 'OFF' }}", """{"a":"open"}""", "ON")]
    [InlineData("{{ 'ON' if value_json.a | int > 3 and not value_json.b else 'OFF' }}", """{"a":"4","b":false}""", "ON")]
    [InlineData("{{ 'ON' if (value_json.a or value_json.b) else 'OFF' }}", """{"b":true}""", "ON")]
    [InlineData("{{ 'A' if value_json.a == 1 else 'B' if value_json.a == 2 else 'C' }}", """{"a":2}""", "B")]
    [InlineData("{{ 'ON' if value_json.a is defined else 'OFF' }}", "{}", "OFF")]
    [InlineData("{{ 'ON' if value_json.a is not defined else 'OFF' }}", "{}", "ON")]
    [InlineData("{{ value_json.a != 2 }}", """{"a":2.0}""", "False")]
    [InlineData("{{ value_json.a >= -1.5 }}", """{"a":-1}""", "True")]
    [InlineData("{{ value_json.a == none }}", """{"a":null}""", "True")]
    [InlineData("{% if value_json.a == 1 %}ON{% else %}OFF{% endif %}", """{"a":1}""", "ON")]
    [InlineData("{%- if value_json.a == 1 -%} ON {%- elif value_json.a == 2 -%} {{ value_json.b }} {%- else -%} OFF {%- endif -%}", """{"a":2,"b":"x"}""", "x")]
    [InlineData("{{- value_json.a -}}", """{"a":1e2}""", "100.0")]
    [InlineData("ON", "whatever", "ON")]
    public void Read_Template_RendersAsHomeAssistantDoes(string template, string payload, string rendered) =>
        Assert.Equal(Said.Active, Read(template, payload, rendered));

    [Theory]
    [InlineData("{{ value_json.smoke }}", """{"battery":97}""")]
    [InlineData("{{ value_json.a.b }}", """{"a":7}""")]
    [InlineData("{{ value_json.a | is_defined }}", "{}")]
    [InlineData("{{ value_json.a | int }}", """{"a":"x"}""")]
    [InlineData("{{ value_json.a }}", """{"a":{}}""")]
    [InlineData("{{ 'ON' if value_json.smoke else 'OFF' }}", """{"battery":97}""")]
    [InlineData("{{ 'ON' if value_json.smoke == 1 else 'OFF' }}", """{"battery":97}""")]
    [InlineData("{{ 'ON' if not value_json.smoke else 'OFF' }}", """{"battery":97}""")]
    [InlineData("{{ 'ON' if value_json.a < 'x' else 'OFF' }}", """{"a":1}""")]
    [InlineData("{% if value_json.a == 1 %}ON{% endif %}", """{"a":2}""")]
    public void Read_MessageThatDoesNotMentionIt_SaysNothing(string template, string payload)
    {
        foreach (var text in new[] { "ON", "OFF", "", "True", "False", "None" })
            Assert.Equal(Said.Nothing, Read(template, payload, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{{ }}")]
    [InlineData("{{ value_json.a }")]
    [InlineData("{{ value_json.a }} {{ value_json.b }}")]
    [InlineData("{{ value_json.a | default('x') }}")]
    [InlineData("{{ value_json.a | regex_replace('a','b') }}")]
    [InlineData("{{ value_json.a + 1 }}")]
    [InlineData("{{ value_json.a[0] }}")]
    [InlineData("{{ value_json.a.split(',') }}")]
    [InlineData("{{ value_json.get('a').b }}")]
    [InlineData("{{ states('sensor.x') }}")]
    [InlineData("{{ value.split('.')[0] }}")]
    [InlineData("{{ 'ON' if value_json.a }}")]
    [InlineData("{{ value_json.a in ['x'] }}")]
    [InlineData("{{ 'a\\'b' }}")]
    [InlineData("{% set x = 1 %}{{ x }}")]
    [InlineData("{% for x in value_json %}{{ x }}{% endfor %}")]
    [InlineData("{% if value_json.a %}ON")]
    [InlineData("{% if value_json.a %}ON{% else %}OFF{% endif %}x")]
    public void Compile_WhatItDoesNotKnow_IsNull(string template) => Assert.Null(Template.Compile(template));

    [Fact]
    public void Compile_TooLongOrTooDeep_IsNull()
    {
        Assert.Null(Template.Compile("{{ " + new string('(', 900) + "value"));
        Assert.Null(Template.Compile("{{ " + new string('(', 100) + "value" + new string(')', 100) + " }}"));
        Assert.Null(Template.Compile(string.Concat(Enumerable.Repeat("{% if value %}", 60))));
        Assert.Null(Template.Compile("{{ value }}" + new string(' ', 1000)));
    }

    [Fact]
    public void Read_NotJson_IsToldAsSuch() => Assert.ThrowsAny<JsonException>(() => Read("{{ value_json.a }}", "on", ""));

    [Fact]
    public void Read_LongText_IsReadWhole()
    {
        var text = new string('a', 5000);
        Assert.Equal(Said.Active, Read("{{ value_json.a | upper }}", JsonSerializer.Serialize(new { a = text }), text.ToUpperInvariant()));
    }

    private static Said Read(string template, string payload, string on) =>
        Template.Compile(template)!.Read(Encoding.UTF8.GetBytes(payload), new DeviceKey("", "fire.smoke", [on], []));
}
