package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is summed over notes, in units of {@link Exact}: adding notes and taking them away again leaves exactly what was
 * there before. Used by one thread.
 */
class Sums {
    private long notes;
    private long agreement;
    private long prompt;
    private long reasoning;
    private long answer;
    private long cached;
    /** Almost every count knows one model only: a map for each would take more room than everything else. */
    private String model;

    private long judged;
    private SortedMap<String, Long> otherModels;

    /** One note more, or with {@code sign} -1 one less; without a verdict the model is null. */
    final void add(int sign, long noteAgreement, Usage usage, String noteModel) {
        notes += sign;
        agreement += sign * noteAgreement;
        prompt += sign * Exact.units(usage.prompt());
        reasoning += sign * Exact.units(usage.reasoning());
        answer += sign * Exact.units(usage.answer());
        cached += sign * Exact.units(usage.cached());
        if (noteModel != null) {
            addModel(noteModel, sign);
        }
    }

    /** Everything that the other holds. */
    final void add(Sums other) {
        add(other, 1);
    }

    /** Takes away everything that the other holds. */
    final void subtract(Sums other) {
        add(other, -1);
    }

    private void add(Sums other, int sign) {
        notes += sign * other.notes;
        agreement += sign * other.agreement;
        prompt += sign * other.prompt;
        reasoning += sign * other.reasoning;
        answer += sign * other.answer;
        cached += sign * other.cached;
        if (other.model != null) {
            addModel(other.model, sign * other.judged);
        }
        if (other.otherModels != null) {
            other.otherModels.forEach((name, count) -> addModel(name, sign * count));
        }
    }

    private void addModel(String name, long more) {
        if (model == null && (otherModels == null || !otherModels.containsKey(name))) {
            model = name;
            judged = 0;
        }
        if (name.equals(model)) {
            judged += more;
            model = judged == 0 ? null : model;
            return;
        }
        otherModels = otherModels == null ? new TreeMap<>() : otherModels;
        otherModels.merge(name, more, Sums::sumOrNull);
        otherModels = otherModels.isEmpty() ? null : otherModels;
    }

    private static Long sumOrNull(Long a, Long b) {
        return a + b == 0 ? null : Long.valueOf(a + b);
    }

    /** Whether nothing is left, so that the count need not be kept. */
    final boolean isEmpty() {
        return (notes | agreement | prompt | reasoning | answer | cached) == 0 && model == null && otherModels == null;
    }

    final long notes() {
        return notes;
    }

    /** Sum of the agreements. */
    final double agreement() {
        return Exact.of(agreement);
    }

    final Usage usage() {
        return new Usage(Exact.of(prompt), Exact.of(reasoning), Exact.of(answer), Exact.of(cached));
    }

    /** Notes by model, sorted. */
    final SortedMap<String, Long> models() {
        SortedMap<String, Long> models = otherModels == null ? new TreeMap<>() : new TreeMap<>(otherModels);
        if (model != null) {
            models.put(model, judged);
        }
        return models;
    }

    final void write(BinaryWriter out) {
        out.signed(notes)
                .signed(agreement)
                .signed(prompt)
                .signed(reasoning)
                .signed(answer)
                .signed(cached);
        Map<String, Long> models = models();
        out.size(models.size());
        models.forEach((name, count) -> out.text(name).signed(count));
    }

    static Sums read(BinaryReader in) {
        Sums sums = new Sums();
        sums.notes = in.signed();
        sums.agreement = in.signed();
        sums.prompt = in.signed();
        sums.reasoning = in.signed();
        sums.answer = in.signed();
        sums.cached = in.signed();
        for (int left = in.size(); left > 0; left--) {
            sums.addModel(in.text(), in.signed());
        }
        return sums;
    }

    /** Takes over what was read as JSON, into sums that hold nothing yet. */
    final void fill(long count, double agreements, Usage usage, Map<String, Long> models) {
        notes = count;
        agreement = Exact.unitsOfSum(agreements);
        prompt = Exact.unitsOfSum(usage.prompt());
        reasoning = Exact.unitsOfSum(usage.reasoning());
        answer = Exact.unitsOfSum(usage.answer());
        cached = Exact.unitsOfSum(usage.cached());
        models.forEach(this::addModel);
    }
}
