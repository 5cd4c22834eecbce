package io.rationale.console.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody may do. */
public enum Role {
    /** Sends notes, and reads nothing. */
    WRITER,
    /** Reads everything. */
    VIEWER,
    /** Reads, reviews, sends dead letters again, records remedies, edits proposals of taxonomies. */
    REVIEWER,
    /** Everything: also what changes how all notes are judged, what costs much, and what cannot be taken back. */
    ADMIN;

    /** Name in {@code RolesAllowed} of {@link #WRITER}. */
    public static final String WRITES = "writer";

    /** Name in {@code RolesAllowed} of {@link #VIEWER}. */
    public static final String VIEWS = "viewer";

    /** Name in {@code RolesAllowed} of {@link #REVIEWER}. */
    public static final String REVIEWS = "reviewer";

    /** Name in {@code RolesAllowed} of {@link #ADMIN}. */
    public static final String ADMINISTERS = "admin";

    /** As it is written in configuration, tokens and answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name. */
    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** This one and those that it includes. */
    public Set<Role> included() {
        return switch (this) {
            case WRITER -> EnumSet.of(WRITER);
            case VIEWER -> EnumSet.of(VIEWER);
            case REVIEWER -> EnumSet.of(VIEWER, REVIEWER);
            case ADMIN -> EnumSet.allOf(Role.class);
        };
    }
}
