package io.rationale.local.verify;

/** What is checked, in the order in which people read it. */
public enum Check {
    BYTES("bytes", "batches with their checksum, in order"),
    CHAIN("chain", "links that follow on each other and seal what is there"),
    EVENT("event", "records that are audit events under the note's key"),
    NOTE("note", "the note judged is what the notes topic holds"),
    PROMPT("prompt", "the request has the note as it is encoded"),
    EXCHANGE("exchange", "the exchange stands where the event points, with its SHA-256"),
    REASONING("reasoning", "the passage stands in the exchange's chain of thought"),
    QUOTES("quotes", "evidence stands in the note at its offsets"),
    VERDICT("verdict", "the verdict follows from the raw answer"),
    VOTES("votes", "votes recount to the category"),
    REVIEWS("reviews", "each review says what stood before it"),
    ERASURES("erasures", "notices of erasures are those that the audit records"),
    STATISTICS("statistics", "what is published equals a recount");

    private final String code;
    private final String meaning;

    Check(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Its name in JSON and tables. */
    public String code() {
        return code;
    }

    /** What holds where it passes, for people. */
    public String meaning() {
        return meaning;
    }
}
