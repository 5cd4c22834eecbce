package io.rationale.local.verify.count;

import io.rationale.core.r1.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was decided about one note so far: the latest review stands above the latest verdict. Used by one thread. */
final class NoteHistory {
    /** Two consoles may review at the same time, and a verdict may come while a person reads. */
    private static final long MEANWHILE_MILLIS = 5 * 60 * 1000L;

    private final List<Version> versions = new ArrayList<>(1);
    private int source = Names.NONE;
    private long minute;
    private Map<Integer, Integer> labels = Map.of();

    /** Under one taxonomy version. */
    static final class Version {
        private final int taxonomy;
        private int verdict = Names.NONE;
        private int review = Names.NONE;
        private double agreement;
        private int model = Names.NONE;
        private Usage usage = Usage.NONE;
        private int labelBefore = Names.NONE;
        private long changedAt = Long.MIN_VALUE;

        private Version(int taxonomy) {
            this.taxonomy = taxonomy;
        }

        int taxonomy() {
            return taxonomy;
        }

        /** The label that counts, or none. */
        int label() {
            return review != Names.NONE ? review : verdict;
        }

        /** The agreement that counts; a person who labelled what R1 could not is of one mind. */
        double standing() {
            return verdict == Names.NONE && review != Names.NONE ? 1 : agreement;
        }

        /** The model that the note counts for, or none. */
        int judgedBy() {
            return verdict == Names.NONE ? Names.NONE : model;
        }

        Usage usage() {
            return usage;
        }

        private void take(Facts facts) {
            int before = label();
            switch (facts.kind()) {
                case CLASSIFIED -> {
                    verdict = facts.category();
                    agreement = facts.agreement();
                    model = facts.model();
                    usage = usage.plus(facts.usage());
                }
                case UNCLASSIFIABLE -> usage = usage.plus(facts.usage());
                case REVIEWED -> review = facts.category();
            }
            if (label() != before) {
                labelBefore = before;
                changedAt = facts.at();
            }
        }

        private boolean follows(Facts review) {
            return review.before() == label()
                    || (review.before() == labelBefore && review.at() - changedAt <= MEANWHILE_MILLIS);
        }
    }

    /**
     * Takes the next event.
     *
     * @return false for a review that does not say what stood before it
     */
    boolean take(Facts facts) {
        Version version = version(facts.taxonomy());
        boolean follows = facts.kind() != Facts.Kind.REVIEWED || version.follows(facts);
        version.take(facts);
        if (facts.kind() != Facts.Kind.REVIEWED) {
            source = facts.source();
            minute = facts.minute();
            labels = facts.labels();
        }
        return follows;
    }

    private Version version(int taxonomy) {
        for (Version each : versions) {
            if (each.taxonomy == taxonomy) {
                return each;
            }
        }
        Version version = new Version(taxonomy);
        versions.add(version);
        return version;
    }

    /** Whether anything was decided under that version. */
    boolean knows(int taxonomy) {
        return versions.stream().anyMatch(each -> each.taxonomy == taxonomy);
    }

    /** Whether the note itself was seen, so that it counts. */
    boolean isSeen() {
        return source != Names.NONE;
    }

    int source() {
        return source;
    }

    long minute() {
        return minute;
    }

    Map<Integer, Integer> labels() {
        return labels;
    }

    List<Version> versions() {
        return versions;
    }
}
