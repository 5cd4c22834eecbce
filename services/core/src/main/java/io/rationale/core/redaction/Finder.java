package io.rationale.core.redaction;

/** Finds one kind of personal data. Thread safe; its time is linear in the text's length. */
interface Finder {
    /** Tells of everything that it finds. */
    void find(Plain text, Found found);

    /** Is told what was found. */
    @FunctionalInterface
    interface Found {
        /**
         * Something was found.
         *
         * @param start of it, in the plain text
         * @param end   after it
         * @param value what tells it from others of its kind
         */
        void add(int start, int end, String value);
    }
}
