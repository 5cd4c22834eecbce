package io.rationale.core.intake;

/**
 * What quotes do to a record in one physical line, told without parsing it: commons-csv's reader as a state machine.
 * With it a record's end is found in one pass over the lines, where parsing again after every appended line would take
 * quadratic time on a damaged file.
 *
 * @param end        how the line ends
 * @param delimiters how many delimiters stand outside quotes
 * @param stray      whether a quote stands within a value that is not quoted: read as it is, though RFC 4180 forbids it
 */
record QuoteScan(End end, int delimiters, boolean stray) {
    /** How a line ends. */
    enum End {
        /** The record ends with the line. */
        COMPLETE,
        /** A quoted value goes on in the next line. */
        OPEN,
        /** Something follows a closing quote: no parser accepts it, whatever comes next. */
        BROKEN
    }

    private enum State {
        VALUE_START,
        PLAIN,
        QUOTED,
        QUOTE_CLOSED
    }

    /** @param inside whether the line begins within a quoted value */
    static QuoteScan of(String line, char delimiter, boolean inside) {
        State state = inside ? State.QUOTED : State.VALUE_START;
        int delimiters = 0;
        boolean stray = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (state == State.QUOTED) {
                boolean doubled = c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
                i += doubled ? 1 : 0;
                state = c == '"' && !doubled ? State.QUOTE_CLOSED : State.QUOTED;
            } else if (c == delimiter) {
                delimiters++;
                state = State.VALUE_START;
            } else if (state == State.QUOTE_CLOSED) {
                if (!Character.isWhitespace(c)) {
                    return new QuoteScan(End.BROKEN, delimiters, stray);
                }
            } else {
                stray |= c == '"' && state == State.PLAIN;
                state = c == '"' && state == State.VALUE_START ? State.QUOTED : State.PLAIN;
            }
        }
        return new QuoteScan(state == State.QUOTED ? End.OPEN : End.COMPLETE, delimiters, stray);
    }
}
