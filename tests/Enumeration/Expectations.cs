using System.Text.Json;

namespace CivicSignals.Tests.Enumeration;

/// <summary>
/// What the keys of zigbee2mqtt devices mean, stated once more and apart from the dialect: a row names a key, the models that it is about,
/// the values that are active, and the kind. A row about models replaces the rows about all models. What is in no row means nothing.
/// </summary>
internal static class Expectations
{
    // Values: "on" is a binary's value that says yes; "not a;b" is all but these; "5" and the like are numbers; other words are the values themselves.
    private const string Table = """
        smoke                  | *                                             | on                         | fire.smoke
        smoke                  | HESZB-120                                     | on                         | fire.heat
        smoke                  | SIRZB-110;SIRZB-111;mSwitch_Mic               | never                      | -
        smoke_alarm_1          | *                                             | on                         | fire.smoke
        smoke_alarm_2          | *                                             | on                         | fire.smoke
        alarm_1                | MIR-SM100-E                                   | on                         | fire.smoke
        alarm_2                | MIR-SM100-E                                   | on                         | fire.smoke
        smoke_state            | *                                             | alarm                      | fire.smoke
        alarm_state            | S1-TL;S2-E                                    | alarmed;critical_alarm     | fire.smoke
        alarm_state            | HM-636THV-AC-M                                | warning_alarm;critical_alarm | fire.smoke
        halo_alert_state       | *                                             | smoke                      | fire.smoke
        halo_alert_state       | *                                             | carbon_monoxide            | gas.co
        heat                   | *                                             | on                         | fire.heat
        high_temperature       | *                                             | on                         | fire.heat
        alarm                  | HM-5HA-E                                      | on                         | fire.heat
        alarm_status           | mKomfy_Sensor                                 | high_temperatur            | fire.heat
        overheat_mode          | *                                             | overheat                   | fire.heat
        carbon_monoxide        | *                                             | on                         | gas.co
        carbon_monoxide_alarm_1 | *                                            | on                         | gas.co
        carbon_monoxide_alarm_2 | *                                            | on                         | gas.co
        alarm                  | ZBCO-AE-10X-EUR                               | on                         | gas.co
        alarm_state            | HM-722ESY-E Plus;HS1CA-E-PLUS                 | warning_alarm;critical_alarm | gas.co
        co_state               | *                                             | alarm                      | gas.co
        gas                    | *                                             | on                         | gas.combustible
        gas_alarm_1            | *                                             | on                         | gas.combustible
        gas_alarm_2            | *                                             | on                         | gas.combustible
        gas_sensor_state       | *                                             | alarm                      | gas.combustible
        water_leak             | *                                             | on                         | flood.indoor
        water_leak_alarm_1     | *                                             | on                         | flood.indoor
        water_leak_alarm_2     | *                                             | on                         | flood.indoor
        water_leak_zone_*      | *                                             | on                         | flood.indoor
        water_leak_wire_*      | *                                             | on                         | flood.indoor
        water_leak_both_zones  | *                                             | on                         | flood.indoor
        active_water_leak      | *                                             | on                         | flood.indoor
        *_leak_detect_*        | *                                             | on                         | flood.indoor
        water_sensor           | 4512785                                       | on                         | flood.indoor
        water_condition_alarm  | 4512785                                       | on                         | flood.indoor
        water                  | E13                                           | on                         | flood.indoor
        water_leakage_state    | *                                             | water_leakage_yes          | flood.indoor
        alarm_status           | SZW08;W04-Z10T                                | alarm                      | flood.indoor
        current_device_status  | SWV                                           | water_leakage;water_shortage & water_leakage | flood.indoor
        valve_abnormal_state   | SWV-ZFE;SWV-ZF2                               | *water_leakage*            | flood.indoor
        contact                | *                                             | on                         | intrusion.contact
        contact                | POK003;POK010                                 | never                      | -
        contact_alarm_1        | *                                             | off                        | intrusion.contact
        contact_alarm_2        | *                                             | off                        | intrusion.contact
        garage_door_contact    | *                                             | false                      | intrusion.contact
        alarm                  | ZD1-EN                                        | on                         | intrusion.contact
        alarm_1                | FB56-DOS06HM1.1;1811680;S901D-ZG              | on                         | intrusion.contact
        opening_state          | *                                             | open;tilted                | intrusion.contact
        door_state             | *                                             | open;error_forced_open     | intrusion.contact
        occupancy              | *                                             | on                         | intrusion.motion
        occupancy_alarm_1      | *                                             | on                         | intrusion.motion
        occupancy_alarm_2      | *                                             | on                         | intrusion.motion
        occupancy_1            | *                                             | on                         | intrusion.motion
        occupancy_2            | *                                             | on                         | intrusion.motion
        occupancy_*            | S4SN-0U61X;DMS-300ZB                          | on                         | intrusion.motion
        motion_status          | *                                             | on                         | intrusion.motion
        mmwave_area*_occupancy | *                                             | on                         | intrusion.motion
        alarm_1                | ROB_200-070-0                                 | on                         | intrusion.motion
        alarm_2                | ROB_200-070-0                                 | on                         | intrusion.motion
        presence               | *                                             | on                         | intrusion.presence
        presence               | 3450-L;KMPCIL-tag-001;STS-PRS-251             | never                      | -
        presence_state         | *                                             | not none;NONE              | intrusion.presence
        motion_state           | *                                             | not none                   | intrusion.presence
        human_motion_state     | *                                             | not none                   | intrusion.presence
        vibration              | *                                             | on                         | intrusion.vibration
        vibration              | GB-540                                        | on                         | intrusion.glass
        vibration              | F00MB00-04-1                                  | never                      | -
        alarm_status           | TS0601_vibration_alarm_sensor                 | alarm                      | intrusion.vibration
        alarm                  | S8                                            | ALARM                      | intrusion.vibration
        action                 | *                                             | vibration                  | intrusion.vibration
        action                 | *                                             | emergency;panic;sos        | sos.panic
        action                 | MIR-SO100;HS1EB/HS1EB-E;SE20-O;SE21           | single;double;hold         | sos.panic
        sos                    | *                                             | on                         | sos.panic
        sos_alarm              | *                                             | on                         | sos.panic
        fall_status            | *                                             | fall_alarm                 | medical.fall
        fall_down_status       | *                                             | fall                       | medical.fall
        status                 | FDS315                                        | falling                    | medical.fall

        tamper                 | *                                             | on                         | supervision.tamper
        tamper_alarm           | *                                             | on                         | supervision.tamper
        alarm_status           | mKomfy_Sensor                                 | tamper                     | supervision.tamper
        co                     | *                                             | 50;1000                    | supervision.co-level
        battery                | *                                             | 0;5                        | supervision.battery
        *battery_low*          | *                                             | on                         | supervision.battery
        battery_defect         | *                                             | on                         | supervision.battery
        battery_state          | *                                             | low                        | supervision.battery
        battery_level          | *                                             | low                        | supervision.battery
        power_type             | *                                             | battery_low                | supervision.battery
        halo_alert_state       | *                                             | low_battery;very_low_battery;failed_battery | supervision.battery
        alarm_status           | mKomfy_Sensor                                 | battery_alarm              | supervision.battery
        fault                  | *                                             | on;not none;None;normal;Normal;clear;;0;false;NOT_DETECTED | supervision.fault
        fault_alarm            | *                                             | on;not none;false          | supervision.fault
        fault_state            | *                                             | not normal;                | supervision.fault
        faults                 | *                                             | not normal;;[]             | supervision.fault
        device_fault           | *                                             | on                         | supervision.fault
        motor_fault            | *                                             | on                         | supervision.fault
        trouble                | *                                             | on                         | supervision.fault
        reliability            | *                                             | not no_fault_detected      | supervision.fault
        alarm_status           | mKomfy_Sensor                                 | error                      | supervision.fault
        test                   | *                                             | on                         | supervision.test
        testing                | *                                             | on                         | supervision.test
        test_in_progress       | *                                             | on                         | supervision.test
        halo_alert_state       | *                                             | co_test;smoke_test         | supervision.test
        silence                | *                                             | on                         | supervision.mute
        silence_siren          | *                                             | on                         | supervision.mute
        temporary_mute         | *                                             | on                         | supervision.mute
        muted                  | *                                             | on;not normal;             | supervision.mute
        buzzer_manual_mute     | *                                             | on                         | supervision.mute
        smoke_alarm_silenced   | *                                             | on                         | supervision.mute
        hush                   | *                                             | on                         | supervision.mute
        hush_active            | *                                             | on                         | supervision.mute
        halo_alert_state       | *                                             | silenced                   | supervision.mute
        preheat                | *                                             | on                         | supervision.warm-up
        preheat                | AR331Pro                                      | never                      | -
        preheating             | *                                             | preheating                 | supervision.warm-up
        warming_up             | *                                             | on                         | supervision.warm-up
        end_of_life            | *                                             | on                         | supervision.end-of-life
        lifecycle              | *                                             | on                         | supervision.end-of-life
        endoflife              | *                                             | expires_soon;expired       | supervision.end-of-life
        halo_alert_state       | *                                             | end_of_life                | supervision.end-of-life
        ac_status              | *                                             | on                         | supervision.mains
        power_outage           | *                                             | on                         | supervision.mains
        ac_connected           | *                                             | off                        | supervision.mains
        mains_power_connected  | *                                             | off                        | supervision.mains
        """;

    private static readonly Row[] Rows = [.. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Row.Parse)];

    /// <summary>The kinds that a value of a model's key is active for.</summary>
    public static HashSet<string> Of(string model, PublishedKey key, string value)
    {
        Row[] rows = [.. Rows.Where(row => Matches(row.Key, key.Name))];
        if (Array.Exists(rows, row => row.Models.Contains(model)))
            rows = Array.FindAll(rows, row => row.Models.Contains(model));
        else
            rows = Array.FindAll(rows, row => row.Models.Contains("*"));
        return [.. rows.Where(row => row.IsActive(key, value)).Select(row => row.Kind)];
    }


    private static bool Matches(string pattern, string text)
    {
        var parts = pattern.Split('*');
        var at = parts[0].Length;
        if (parts.Length == 1 || !text.StartsWith(parts[0], StringComparison.Ordinal))
            return text == pattern;
        foreach (var part in parts[1..])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return parts[^1].Length == 0 || text.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private sealed record Row(string Key, string[] Models, string Values, string Kind)
    {
        public static Row Parse(string line)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            return new Row(cells[0], cells[1].Split(';'), cells[2], cells[3]);
        }

        public bool IsActive(PublishedKey key, string value)
        {
            var text = value.StartsWith('"') ? JsonSerializer.Deserialize<string>(value)! : value;
            if (key.Type == "binary" && (Values is "on" || Values.StartsWith("on;", StringComparison.Ordinal)))
                return value == key.On;
            if (key.Type == "binary" && Values is "off")
                return value != key.On;
            if (Values is "on" or "off" or "never")
                return false;
            var words = Values.StartsWith("on;", StringComparison.Ordinal) ? Values[3..] : Values;
            if (words.StartsWith("not ", StringComparison.Ordinal))
                return !words[4..].Split(';').Contains(text);
            return words.Split(';').Any(word => Matches(word, text));
        }
    }
}
