package io.rationale.local.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.local.verify.Verification.PartitionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a verification came to, for people and for programs. */
public final class VerifyReport {
    private VerifyReport() {}

    /** Lines for people. @param where what was verified */
    public static List<String> lines(Verification.Result result, String where) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d audit events in %d partitions, sealed by %,d links.",
                where,
                result.records(),
                result.partitions().size(),
                result.partitions().stream().mapToLong(PartitionResult::links).sum()));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-11s %11s %9s %9s", "check", "checked", "broken", "left out"));
        for (Check check : Check.values()) {
            Findings.Tally tally = result.findings().of(check);
            lines.add(String.format(
                    Locale.ROOT,
                    "%-11s %,11d %,9d %,9d  %s",
                    check.code(),
                    tally.checked(),
                    tally.broken(),
                    tally.leftOut(),
                    check.meaning()));
        }
        lines.add("");
        notes(result, lines);
        verdict(result, lines);
        return lines;
    }

    private static void notes(Verification.Result result, List<String> lines) {
        for (PartitionResult each : result.partitions()) {
            if (each.unsealed() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "Partition %d: %,d events are not sealed%s.",
                        each.partition(),
                        each.unsealed(),
                        each.firstUnsealed() < 0 ? "" : ", from offset " + each.firstUnsealed() + " on"));
            }
            if (each.gone() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "Partition %d: %,d sealed events are not there any more.",
                        each.partition(),
                        each.gone()));
            }
            if (each.erased() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "Partition %d: %,d events were erased on purpose; notices in the chain say by whom and why.",
                        each.partition(),
                        each.erased()));
            }
        }
    }

    private static void verdict(Verification.Result result, List<String> lines) {
        if (result.isWhole()) {
            lines.add("Everything holds that could be checked.");
            return;
        }
        List<Fault> faults = result.findings().faults();
        long all = result.findings().brokenCount();
        lines.add(String.format(Locale.ROOT, "BROKEN in %,d places. The first:", all));
        faults.forEach(fault -> lines.add("  " + line(fault)));
        if (all > faults.size()) {
            lines.add(String.format(Locale.ROOT, "  … and %,d more.", all - faults.size()));
        }
    }

    /** One fault on one line. */
    public static String line(Fault fault) {
        String offset = fault.offset() < 0 ? "" : " offset " + fault.offset();
        return fault.check().code() + ": " + fault.topic() + "-" + fault.partition() + offset + ": " + fault.sentence();
    }

    /** One object for programs. */
    public static String json(Verification.Result result, String where) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("ok", result.isWhole()).put("where", where).put("events", result.records());
        json.put("broken", result.findings().brokenCount());
        ObjectNode checks = json.putObject("checks");
        for (Check check : Check.values()) {
            Findings.Tally tally = result.findings().of(check);
            checks.putObject(check.code())
                    .put("checked", tally.checked())
                    .put("broken", tally.broken())
                    .put("leftOut", tally.leftOut());
        }
        ArrayNode partitions = json.putArray("partitions");
        result.partitions().forEach(each -> partitions
                .addObject()
                .put("partition", each.partition())
                .put("events", each.records())
                .put("links", each.links())
                .put("link", each.head().sequence())
                .put("lastOffset", each.head().lastOffset())
                .put("hash", each.head().hash())
                .put("unsealed", each.unsealed())
                .put("gone", each.gone())
                .put("erased", each.erased()));
        json.put("erasureNotices", result.notices());
        List<Fault> faults = result.findings().faults();
        if (!faults.isEmpty()) {
            json.set("first", fault(faults.getFirst()));
        }
        ArrayNode all = json.putArray("faults");
        faults.forEach(fault -> all.add(fault(fault)));
        return Json.line(json);
    }

    private static ObjectNode fault(Fault fault) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("check", fault.check().code()).put("topic", fault.topic()).put("partition", fault.partition());
        if (fault.offset() >= 0) {
            json.put("offset", fault.offset());
        }
        return json.put("sentence", fault.sentence());
    }

    /** The heads of all chains, to be kept elsewhere. */
    public static List<Anchor> anchors(Verification.Result result, String auditTopic) {
        return result.partitions().stream()
                .filter(each -> each.head().sequence() > 0)
                .map(each -> new Anchor(auditTopic, each.partition(), each.head()))
                .toList();
    }
}
