package io.rationale.core.r1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Damages responses as broken servers, proxies and models would, and worse. */
final class Damage {
    private static final List<String> PIECES = List.of(
            "<think>",
            "</think>",
            "<thinking>",
            "</thi",
            "[DONE]",
            "data: [DONE]\n\n",
            "data:",
            "event: error\n",
            ": c\n",
            "\n\n",
            "\r",
            "\ufeff",
            "\\u12",
            "\\ud83d",
            "\\\"",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "null",
            "1e999",
            "-1",
            "99999999999999999999",
            "NaN",
            "\"error\":{\"message\":\"boom\",\"code\":500},",
            "\"error\":\"boom\",",
            "\"finish_reason\":\"length\",",
            "\"finish_reason\":{},",
            "\"usage\":{\"prompt_tokens\":1e300,\"completion_tokens\":-7},",
            "\"choices\":7,",
            "\"message\":{\"content\":\"x\"},",
            "\"delta\":[],",
            "n1",
            "n9",
            "n99",
            "no-error",
            "generation",
            "{\\\"verdicts\\\":[{\\\"id\\\":\\\"n1\\\",\\\"category\\\":\\\"no-error\\\"}]}",
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"error\":{\"message\":\"maximum context length is 5 tokens\"}}\n\n",
            "\0",
            "😀");

    private final Random random;
    private final List<byte[]> others;

    Damage(Random random, List<byte[]> others) {
        this.random = random;
        this.others = others;
    }

    /** What a model wrote, gone wrong. */
    String damaged(String text) {
        return new String(damaged(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    byte[] damaged(byte[] response) {
        byte[] bytes = response;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return piece();
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(6) == 0 ? 2_000 : 8));
        int kind = random.nextInt(2_000);
        if (kind < 2) {
            return put(
                    bytes, at, at, (kind == 0 ? "[" : "{\"a\":").repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }
        if (kind < 6) {
            return put(bytes, at, at, "so it fails, ".repeat(1_500).getBytes(StandardCharsets.UTF_8));
        }
        return switch (kind % 10) {
            case 0 -> flipped(bytes, at);
            case 1 -> put(bytes, at, end, new byte[0]);
            case 2 -> put(bytes, at, at, slice(bytes, at, end));
            case 3 -> put(bytes, at, end, piece());
            case 4, 5 -> put(bytes, at, at, piece());
            case 6 ->
                random.nextInt(4) == 0
                        ? slice(bytes, 0, at)
                        : put(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 7 -> swappedLines(bytes);
            case 8 -> spliced(bytes, at);
            default -> replaced(bytes);
        };
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    /** The end of another response after the beginning of this one. */
    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length);
        return put(slice(bytes, 0, at), at, at, slice(other, from, other.length));
    }

    private byte[] swappedLines(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /** Another id, label or word of the protocol. */
    private byte[] replaced(byte[] bytes) {
        String[] words = {"n1", "n2", "verdicts", "category", "stop", "content", "delta", "choices", "reasoning", "-"};
        String from = words[random.nextInt(words.length)];
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.replace(from, words[random.nextInt(words.length)]).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        byte[] slice = new byte[to - from];
        System.arraycopy(bytes, from, slice, 0, slice.length);
        return slice;
    }

    private static byte[] put(byte[] bytes, int from, int to, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + piece.length);
        out.write(bytes, 0, from);
        out.writeBytes(piece);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
