package io.rationale.core.injection;

/** What is asked of every text, in plain loops. */
final class Words {
    private Words() {}

    /** Most notes are: much of what is looked for cannot be in them. */
    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
