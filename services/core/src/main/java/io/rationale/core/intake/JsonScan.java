package io.rationale.core.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.util.BitSet;

/**
 * Where a JSON value ends, by strings, escapes and brackets alone; whether it is valid is another question.
 *
 * @param end       how the scan ended
 * @param length    how many bytes it took
 * @param lineBreak where the first line break within a text stands, which JSON forbids; -1 when there is none
 */
record JsonScan(End end, int length, int lineBreak) {
    /** How a scan ended. */
    enum End {
        /** The value's last byte was taken. */
        WHOLE,
        /** Likewise, over a line break within a text: a line break not escaped, or a lost quote. */
        WHOLE_WITH_LINE_BREAK,
        /** A bracket closes another kind, the bytes ended, or there were too many. */
        NONE
    }

    /**
     * Scans the value at the window's mark and leaves the window after it.
     *
     * @param maxBytes the longest value
     * @param soon     how many bytes after a line break within a text the value has to end
     */
    static JsonScan of(ByteWindow window, int maxBytes, int soon) throws IOException {
        Brackets brackets = new Brackets();
        int lineBreak = -1;
        while (window.taken() < maxBytes && (lineBreak < 0 || window.taken() - lineBreak < soon)) {
            int value = window.read();
            if (value < 0) {
                boolean scalar = brackets.isScalar();
                return new JsonScan(scalar ? End.WHOLE : End.NONE, window.taken(), lineBreak);
            }
            if (lineBreak < 0 && brackets.inString && (value == '\n' || value == '\r')) {
                lineBreak = window.taken() - 1;
            }
            Step step = brackets.take(value);
            if (step == Step.BEFORE) {
                window.seek(window.taken() - 1);
            }
            if (step != Step.ON) {
                End whole = lineBreak < 0 ? End.WHOLE : End.WHOLE_WITH_LINE_BREAK;
                return new JsonScan(step == Step.MISMATCH ? End.NONE : whole, window.taken(), lineBreak);
            }
        }
        return new JsonScan(End.NONE, window.taken(), lineBreak);
    }

    /** Passes over the value at the window's mark, however long. @return its length in the file's bytes */
    static long skip(ByteWindow window) throws IOException {
        long begin = window.offset();
        Brackets brackets = new Brackets();
        Step step = Step.ON;
        for (int value = window.read(); value >= 0; value = window.read()) {
            step = brackets.take(value);
            if (step == Step.BEFORE) {
                window.seek(window.taken() - 1);
            }
            if (step != Step.ON) {
                break;
            }
            if (window.taken() >= LineReader.KEPT_BYTES) {
                window.release();
            }
        }
        window.release();
        return window.offset() - begin;
    }

    /**
     * Where this stops being JSON. Line breaks within texts and a missing end do not count.
     *
     * @return an index, or -1 when it is JSON as far as it goes
     */
    static int faultIn(byte[] bytes) {
        try (JsonParser parser = Json.mapper()
                .reader()
                .with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .createParser(bytes)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
            return -1;
        } catch (JsonEOFException e) {
            return -1;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            return at == null ? 0 : Math.clamp(at.getByteOffset(), 0, bytes.length);
        } catch (IOException e) {
            return 0;
        }
    }

    private enum Step {
        ON,
        /** The value ended with this byte. */
        LAST,
        /** The value ended before this byte. */
        BEFORE,
        MISMATCH
    }

    private static final class Brackets {
        private final BitSet objects = new BitSet();
        private int depth;
        private boolean began;
        private boolean scalar;
        private boolean inString;
        private boolean escaped;

        boolean isScalar() {
            return scalar;
        }

        Step take(int value) {
            if (inString) {
                return inString(value);
            }
            if (scalar) {
                return "\r\n,[]{}\"".indexOf(value) >= 0 ? Step.BEFORE : Step.ON;
            }
            boolean first = !began;
            began = true;
            return switch (value) {
                case '"' -> {
                    inString = true;
                    yield Step.ON;
                }
                case '{', '[' -> {
                    objects.set(depth++, value == '{');
                    yield Step.ON;
                }
                case '}', ']' -> first ? Step.LAST : close(value == '}');
                default -> {
                    scalar = first;
                    yield Step.ON;
                }
            };
        }

        private Step inString(int value) {
            if (escaped) {
                escaped = false;
            } else if (value == '\\') {
                escaped = true;
            } else if (value == '"') {
                inString = false;
                return depth == 0 ? Step.LAST : Step.ON;
            }
            return Step.ON;
        }

        private Step close(boolean object) {
            depth--;
            if (objects.get(depth) != object) {
                return Step.MISMATCH;
            }
            return depth == 0 ? Step.LAST : Step.ON;
        }
    }
}
