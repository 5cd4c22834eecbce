package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isUnspaced;
import static io.rationale.core.redaction.Letters.isWord;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * E-mail addresses, with letters of any script, and spelled ones where that is clear: {@code jane [at] example [dot] com},
 * {@code jane at example dot com}. Names of packages, pictures and repositories with a sign in them are none.
 */
final class EmailFinder implements Finder {
    private static final int MOST_LOCAL = 96;
    private static final int MOST_DOMAIN = 253;
    private static final Map<String, Set<String>> WORDS = Words.read("domain-words.txt");
    private static final Set<String> NO_DOMAINS = WORDS.get("file");
    private static final Set<String> COMMON = WORDS.get("common");
    private static final Set<String> REPOSITORIES = Set.of("git", "hg", "svn");

    @Override
    public void find(Plain text, Found found) {
        char[] c = text.chars();
        int last = 0;
        for (int i = 0; i < c.length; i++) {
            if (c[i] == '@') {
                int end = signed(text, last, i, found);
                last = end > 0 ? end : last;
                i = Math.max(i, end - 1);
            }
        }
        SpelledEmail.find(text, found);
    }

    private static int signed(Plain text, int from, int sign, Found found) {
        int start = beginningOfLocal(text, from, sign);
        int domain = sign + 1;
        boolean isSpaced = false;
        if (start == sign && text.at(sign - 1) == ' ') {
            start = beginningOfLocal(text, from, sign - 1);
            isSpaced = start < sign - 1;
            start = isSpaced ? start : sign;
        }
        if (text.at(domain) == ' ' && start < sign) {
            domain++;
            isSpaced = true;
        }
        if (start >= sign) {
            return -1;
        }
        int end = text.at(domain) == '[' ? endOfLiteral(text, domain) : endOfDomain(text, domain);
        if (end < 0) {
            return -1;
        }
        String local = text.string(start, sign).strip();
        String host = text.string(domain, end).toLowerCase(Locale.ROOT);
        if (!isMail(text, local, host, end) || isSpaced && !isClear(local, host)) {
            return -1;
        }
        found.add(start, end, local.toLowerCase(Locale.ROOT) + '@' + host);
        return end;
    }

    private static int beginningOfLocal(Plain text, int from, int sign) {
        int bound = Math.max(from, sign - MOST_LOCAL);
        if (text.at(sign - 1) == '"') {
            int quote = sign - 2;
            while (quote > bound && text.at(quote) != '"' && text.at(quote) != '\n') {
                quote--;
            }
            return quote >= bound && quote < sign - 2 && text.at(quote) == '"' ? quote : sign;
        }
        int start = sign;
        while (start > bound && isOfLocal(text.at(start - 1))) {
            start--;
        }
        if (start == sign) {
            while (start > bound && isUnspaced(text.at(start - 1)) && sign - start < 16) {
                start--;
            }
        }
        while (start < sign && ".-'+%".indexOf(text.at(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static boolean isOfLocal(char c) {
        return isWord(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c == '\'';
    }

    private static int endOfLiteral(Plain text, int start) {
        int end = start + 1;
        while (end < start + 48 && (Letters.isHex(text.at(end)) || ":.IPv".indexOf(text.at(end)) >= 0)) {
            end++;
        }
        return text.at(end) == ']' && end - start > 7 ? end + 1 : -1;
    }

    /** @return -1 where there is no domain */
    private static int endOfDomain(Plain text, int start) {
        int bound = Math.min(text.length(), start + MOST_DOMAIN);
        int labelStart = start;
        int lastEnd = -1;
        int labels = 0;
        while (labelStart < bound) {
            int labelEnd = endOfLabel(text, labelStart, bound);
            if (labelEnd == labelStart) {
                break;
            }
            if (labels > 0 && isNextSentence(text, start, labelStart, labelEnd)) {
                break;
            }
            labels++;
            if (labels > 1 && isTop(text, labelStart, labelEnd)) {
                lastEnd = labelEnd;
            } else if (labels == 4 && isFourth(text, start, labelEnd)) {
                lastEnd = labelEnd;
            }
            if (text.at(labelEnd) != '.') {
                break;
            }
            labelStart = labelEnd + 1;
        }
        return lastEnd;
    }

    private static int endOfLabel(Plain text, int start, int bound) {
        int end = start;
        boolean isUnspaced = isUnspaced(text.at(start));
        while (end < bound && (isUnspaced ? isUnspaced(text.at(end)) : isWord(text.at(end)) || text.at(end) == '-')) {
            end++;
        }
        while (end > start && text.at(end - 1) == '-') {
            end--;
        }
        return isUnspaced && end - start > 12 ? start : end;
    }

    /** 'jane@example.com.Please answer'. */
    private static boolean isNextSentence(Plain text, int start, int labelStart, int labelEnd) {
        char first = text.at(labelStart);
        char before = text.at(labelStart - 2);
        return Character.isUpperCase(first)
                && labelEnd > labelStart + 1
                && Character.isLowerCase(text.at(labelStart + 1))
                && Character.isLowerCase(before)
                && text.string(start, labelStart - 1).indexOf('.') > 0;
    }

    private static boolean isTop(Plain text, int start, int end) {
        if (end - start > 4 && text.string(start, start + 4).equalsIgnoreCase("xn--")) {
            return true;
        }
        for (int i = start; i < end; i++) {
            if (isDigit(text.at(i)) || text.at(i) == '-') {
                return false;
            }
        }
        return end - start >= 2 && end - start <= 24;
    }

    /** root@10.0.0.1, but not package@4.17.21.1. */
    private static boolean isFourth(Plain text, int start, int end) {
        String[] parts = text.string(start, end).split("\\.");
        for (String part : parts) {
            if (part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
                return false;
            }
        }
        return Integer.parseInt(parts[0]) >= 10;
    }

    private static boolean isMail(Plain text, String local, String host, int end) {
        String top = host.substring(host.lastIndexOf('.') + 1);
        boolean isRepository = REPOSITORIES.contains(local.toLowerCase(Locale.ROOT)) && text.at(end) == ':';
        return local.chars().anyMatch(Character::isLetterOrDigit) && !NO_DOMAINS.contains(top) && !isRepository;
    }

    private static boolean isClear(String local, String host) {
        return COMMON.contains(host.substring(host.lastIndexOf('.') + 1))
                && local.chars().anyMatch(c -> c == '.' || c == '_' || c >= '0' && c <= '9');
    }
}
